// The search on every page: the slash key leads to it, and hits stand under the field while one types (ARIA combobox).
// Without the script it is an ordinary form.
const form = document.querySelector('[data-search-all]')
const field = form?.querySelector('input')
const list = form?.querySelector('[role=listbox]')
const said = form?.querySelector('[data-said]')
const pause = 150
let timer
let asking
let active = -1

const options = () => [...list.children]

function place() {
  const { bottom, left } = field.getBoundingClientRect()
  list.style.top = `${bottom + 4}px`
  list.style.left = `${Math.max(8, left)}px`
}

function close() {
  list.hidden = true
  list.replaceChildren()
  active = -1
  field.setAttribute('aria-expanded', 'false')
  field.removeAttribute('aria-activedescendant')
}

function choose(at) {
  const all = options()
  if (all.length === 0) return
  active = (at + all.length) % all.length
  for (const [index, option] of all.entries()) option.setAttribute('aria-selected', String(index === active))
  field.setAttribute('aria-activedescendant', all[active].id)
  all[active].scrollIntoView({ block: 'nearest' })
}

function optionOf({ href, label, detail }, index) {
  const option = document.createElement('li')
  option.id = `suggestion-${index}`
  option.setAttribute('role', 'option')
  option.setAttribute('aria-selected', 'false')
  option.dataset.href = href
  const name = document.createElement('b')
  name.textContent = label
  const more = document.createElement('span')
  more.textContent = detail
  option.append(name, more)
  return option
}

async function suggest() {
  const q = field.value.trim()
  asking?.abort()
  if (q.length < 2) return close()
  asking = new AbortController()
  const response = await fetch(`/search/suggestions?${new URLSearchParams({ q })}`, { signal: asking.signal })
  if (!response.ok || response.redirected) return close()
  const found = await response.json()
  if (field.value.trim() !== q || document.activeElement !== field) return
  list.replaceChildren(...found.items.map(optionOf))
  active = -1
  field.removeAttribute('aria-activedescendant')
  place()
  list.hidden = found.items.length === 0
  field.setAttribute('aria-expanded', String(!list.hidden))
  said.textContent = found.said
}

if (form) {
  field.setAttribute('role', 'combobox')
  field.setAttribute('aria-autocomplete', 'list')
  field.setAttribute('aria-controls', list.id)
  field.setAttribute('aria-expanded', 'false')
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => suggest().catch(() => {}), pause)
  })
  field.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      close()
    } else if (event.key === 'ArrowDown' && !list.hidden) {
      event.preventDefault()
      choose(active + 1)
    } else if (event.key === 'ArrowUp' && !list.hidden) {
      event.preventDefault()
      choose(active - 1)
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault()
      location.assign(options()[active].dataset.href)
    }
  })
  // Before the field loses its focus, else the list is gone when the click comes.
  list.addEventListener('pointerdown', event => {
    const option = event.target.closest('[role=option]')
    if (!option) return
    event.preventDefault()
    location.assign(option.dataset.href)
  })
  field.addEventListener('blur', close)
  addEventListener('resize', close)
  addEventListener('scroll', () => list.hidden || place(), { capture: true, passive: true })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    asking?.abort()
  })
  // At a desk with a scanner every letter belongs to the scan, a slash too: labels hold addresses.
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.metaKey || event.ctrlKey || event.altKey) return
    if (document.querySelector('[data-scan]') || event.target.closest?.('input, textarea, select')) return
    event.preventDefault()
    const menu = form.closest('details')
    if (menu) menu.open = true
    field.focus()
    field.select()
  })
}
