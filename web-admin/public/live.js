// Parts marked data-live follow what happens: the page is asked again and the part is replaced when it has changed.
// Often while something is under way, seldom when all is quiet, never while the page is out of sight; a part that holds
// the focus stays as it is.
const parts = [...document.querySelectorAll('[data-live]')]
const quick = 1000
const slow = 8000
const quietAfter = 90_000
let changedAt = Date.now()
// The answer to a form has no address of its own: its part names the page that it belongs to.
const address = parts.find(part => part.dataset.live)?.dataset.live ?? location.pathname + location.search

async function follow() {
  if (document.visibilityState === 'visible') await ask().catch(() => {})
  setTimeout(follow, Date.now() - changedAt < quietAfter ? quick : slow)
}

async function ask() {
  const response = await fetch(address, { headers: { 'x-live': 'yes' } })
  if (!response.ok || response.redirected) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of parts) {
    const now = fresh.getElementById(part.id)
    const isInUse = part.contains(document.activeElement)
    if (!now || isInUse || now.innerHTML === part.innerHTML) continue
    part.innerHTML = now.innerHTML
    changedAt = Date.now()
  }
}

if (parts.length > 0) setTimeout(follow, quick)
