// Searches and choices marked data-swap change the page in place: no blank moment between a scan and the next.
// Without a network or a script they are ordinary forms and links.
async function swap(address, push) {
  const content = document.getElementById('content')
  content.setAttribute('aria-busy', 'true')
  try {
    const response = await fetch(address, { headers: { accept: 'text/html' } })
    if (!response.ok) throw new Error(String(response.status))
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    const now = fresh.getElementById('content')
    if (!now) throw new Error('no content')
    content.replaceChildren(...now.childNodes)
    document.title = fresh.title
    if (push) history.pushState({}, '', response.url)
    document.querySelector('[data-scan]')?.focus()
    document.dispatchEvent(new Event('swapped'))
  } catch {
    location.assign(address)
  } finally {
    content.removeAttribute('aria-busy')
  }
}

document.addEventListener('submit', event => {
  const form = event.target
  if (!form.matches('form[data-swap]')) return
  event.preventDefault()
  const query = new URLSearchParams(new FormData(form))
  swap(`${form.getAttribute('action')}?${query}`, true)
})

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-swap]')
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  swap(link.href, true)
})

addEventListener('popstate', () => {
  if (document.querySelector('[data-scan]')) swap(location.href, false)
})

// A wedge scanner types wherever the focus is; what it types belongs in the scan field.
document.addEventListener('keydown', event => {
  const scan = document.querySelector('[data-scan]')
  if (!scan || event.key.length !== 1 || event.metaKey || event.ctrlKey || event.altKey || event.key === ' ')
    return
  if (document.activeElement?.matches('input:not([type=radio], [type=checkbox]), textarea, select')) return
  scan.focus()
})
