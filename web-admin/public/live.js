// Parts marked data-live follow what happens: the page is asked again and the part is replaced when it has changed.
// Often while something is under way, seldom when all is quiet, never while the page is out of sight or in use.
const parts = [...document.querySelectorAll('[data-live]')]
const quick = 1000
const slow = 8000
const quietAfter = 90_000
let changedAt = Date.now()

async function follow() {
  if (document.visibilityState === 'visible' && !isInUse()) await ask().catch(() => {})
  setTimeout(follow, Date.now() - changedAt < quietAfter ? quick : slow)
}

function isInUse() {
  return parts.some(part => part.contains(document.activeElement) && document.activeElement !== document.body)
}

async function ask() {
  const response = await fetch(location.pathname + location.search, { headers: { 'x-live': 'yes' } })
  if (!response.ok || response.redirected) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of parts) {
    const now = fresh.getElementById(part.id)
    if (!now || now.innerHTML === part.innerHTML) continue
    part.innerHTML = now.innerHTML
    changedAt = Date.now()
  }
}

if (parts.length > 0) setTimeout(follow, quick)
