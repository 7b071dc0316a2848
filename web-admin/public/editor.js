// The form of a part of a profile: search among its settings, variables put in where one writes, and a word of warning
// before what was typed is left behind. Without a script every field is there all the same.
const form = document.querySelector('[data-editor]')
if (form) {
  followFilter()
  insertVariables()
  warnBeforeLeaving()
}

function followFilter() {
  const box = form.querySelector('[data-filter-box]')
  if (!box) return
  box.hidden = false
  const filter = box.querySelector('[data-filter]')
  const said = box.querySelector('[data-filter-said]')
  const sections = [...form.querySelectorAll('[data-filtered] > details')].map(details => ({
    details,
    wasOpen: details.open,
    fields: [...details.querySelectorAll('.part-field')],
  }))
  filter.addEventListener('keydown', event => {
    if (event.key === 'Enter') event.preventDefault()
  })
  filter.addEventListener('input', () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean)
    let found = 0
    for (const { details, wasOpen, fields } of sections) {
      let here = 0
      for (const field of fields) {
        const text = (field.dataset.words ?? '').toLowerCase()
        field.hidden = !words.every(word => text.includes(word))
        if (!field.hidden) here += 1
      }
      for (const group of [...details.querySelectorAll('details.group, fieldset.rows')].reverse()) {
        const empty = !group.querySelector('.part-field:not([hidden])')
        group.hidden = words.length > 0 && empty && !matches(group, words)
        if (group.matches('details') && words.length > 0 && !empty) group.open = true
      }
      details.hidden = words.length > 0 && here === 0
      details.open = words.length > 0 ? here > 0 : wasOpen
      found += here
    }
    said.textContent =
      words.length === 0 ? '' : found === 0 ? said.dataset.none : `${said.dataset.found} ${found}`
  })
}

function matches(group, words) {
  const text = (group.querySelector('summary, legend')?.textContent ?? '').toLowerCase()
  return words.every(word => text.includes(word))
}

function insertVariables() {
  const into = document.querySelector('[data-insert-into]')
  let last
  let byPointer = false
  const chosen = field => {
    last = field
    if (!into) return
    into.hidden = false
    into.querySelector('b').textContent = field.labels?.[0]?.firstChild?.textContent.trim() ?? ''
  }
  // Whoever comes to the variables with the keyboard has passed every field in between: where they wrote last counts.
  form.addEventListener('pointerdown', () => (byPointer = true))
  form.addEventListener('keydown', () => (byPointer = false))
  form.addEventListener('focusin', event => {
    if (event.target.matches('[data-insertable]') && (byPointer || !last)) chosen(event.target)
  })
  form.addEventListener('input', event => {
    if (event.target.matches('[data-insertable]')) chosen(event.target)
  })
  for (const button of document.querySelectorAll('[data-insert]')) {
    button.hidden = false
    button.parentElement.querySelector('[data-no-script]')?.remove()
    // The field keeps the focus, so that the variable lands where one was writing.
    button.addEventListener('mousedown', event => event.preventDefault())
    button.addEventListener('click', () => {
      const field = last ?? form.querySelector('[data-insertable]')
      if (!field) return
      field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, 'end')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.focus()
    })
  }
}

function warnBeforeLeaving() {
  let changed = false
  form.addEventListener('input', event => {
    if (!event.target.matches('[data-filter]')) changed = true
  })
  form.addEventListener('submit', () => {
    changed = false
  })
  addEventListener('beforeunload', event => {
    if (changed) event.preventDefault()
  })
}
