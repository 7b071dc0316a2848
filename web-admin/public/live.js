// Parts marked data-live follow what happens: the page is asked again and the part is replaced when it has changed.
// A part names in data-on what it shows, such as `device:1`, and the server tells when that changes, for as long as the
// page is in sight. Without such a stream the page asks by itself: often while something is under way, seldom when all is
// quiet. A part that holds the focus, or something typed, stays as it is; what was opened in it stays open.
const quick = 1000
const slow = 8000
const quietAfter = 90_000
/** With a stream: nothing is told twice, so now and then the page looks for itself. */
const seldom = 30_000
const gather = 250
/** How long a page waits for the answer to its form before it looks around again. */
const leaving = 10_000

let changedAt = Date.now()
let leavesUntil = 0
let stream
let hears = ''
let isTold = false
let asking
let timer

const parts = () => [...document.querySelectorAll('[data-live]')]
const inSight = () => document.visibilityState === 'visible'

/** The answer to a form has no address of its own: its part names the page that it belongs to. */
const addressOf = part => part.dataset.live || location.pathname + location.search

async function ask() {
  const shown = parts()
  for (const address of new Set(shown.map(addressOf))) {
    const own = shown.filter(part => addressOf(part) === address)
    const response = await fetch(address, { headers: { 'x-live': 'yes' } })
    if (!response.ok || response.redirected) continue
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    for (const part of own) renew(part, fresh.getElementById(part.id))
  }
}

function renew(part, now) {
  const isInUse = part.contains(document.activeElement) || part.querySelector('details[open] form')
  if (!now || isInUse || [...part.querySelectorAll('input, textarea, select')].some(isTyped)) return
  keepOpen(part, now)
  if (now.innerHTML === part.innerHTML) return
  const places = [...part.querySelectorAll('.table-scroll')].map(table => table.scrollLeft)
  part.innerHTML = now.innerHTML
  for (const [index, table] of part.querySelectorAll('.table-scroll').entries())
    table.scrollLeft = places[index] ?? 0
  changedAt = Date.now()
}

/** Whether somebody has written or chosen something in the field since the page came. */
function isTyped(field) {
  if (field.matches('select'))
    return (
      field.selectedIndex !==
      Math.max(
        0,
        [...field.options].findIndex(one => one.defaultSelected),
      )
    )
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked
}

/** What somebody opened or shut is so in the fresh part too, wherever its row has gone. */
function keepOpen(part, now) {
  const was = new Map([...part.querySelectorAll('details')].map(one => [nameOf(one), one.open]))
  for (const one of now.querySelectorAll('details')) one.open = was.get(nameOf(one)) ?? one.open
}

function nameOf(details) {
  const row = details.closest('tr, li')?.querySelector('a')?.getAttribute('href') ?? ''
  return `${row} ${details.querySelector('summary')?.textContent.trim() ?? ''}`
}

/** One look at a time; what is told meanwhile leads to one more. */
function askSoon(wait) {
  clearTimeout(timer)
  timer = setTimeout(async () => {
    if (asking || parts().length === 0) return
    asking = inSight() && Date.now() > leavesUntil ? ask().catch(() => {}) : Promise.resolve()
    await asking
    asking = undefined
    askSoon(isTold ? gather : pause())
    isTold = false
  }, wait)
}

function pause() {
  if (stream?.readyState === EventSource.OPEN) return seldom
  return Date.now() - changedAt < quietAfter ? quick : slow
}

function told() {
  if (asking) isTold = true
  else askSoon(gather)
}

const wishesOf = selector =>
  [...document.querySelectorAll(selector)].flatMap(part => part.dataset.on.split(' '))

/** One stream for the page, only while somebody sees it: a browser keeps few connections to a server. */
function listen() {
  const wishes = wishesOf('[data-on]')
  const wanted = inSight()
    ? [...new Set(wishes)]
        .toSorted()
        .map(wish => `on=${encodeURIComponent(wish)}`)
        .join('&')
    : ''
  if (wanted === hears) return
  hears = wanted
  stream?.close()
  stream = undefined
  if (wanted === '') return
  stream = new EventSource(`/live?${wanted}`)
  // What happened while nobody listened is not told.
  stream.addEventListener('ready', told)
  stream.addEventListener('changed', event => {
    const subjects = event.data.split('\n')
    document.dispatchEvent(new CustomEvent('changed', { detail: subjects }))
    const own = wishesOf('[data-live][data-on]')
    if (subjects.some(subject => own.includes(subject) || own.includes(subject.split(':')[0]))) told()
  })
  for (const end of ['over', 'elsewhere']) stream.addEventListener(end, () => stream?.close())
  stream.addEventListener('error', () => askSoon(quick))
}

function begin() {
  listen()
  if (parts().length > 0) askSoon(quick)
}

// A page whose form is on its way asks nothing: the answer is another page, and may lend the screen to somebody who sees
// that one alone.
addEventListener('submit', event => {
  if (!event.defaultPrevented) leavesUntil = Date.now() + leaving
})
document.addEventListener('visibilitychange', begin)
document.addEventListener('swapped', begin)
addEventListener('pagehide', () => stream?.close())
addEventListener('pageshow', event => {
  if (!event.persisted) return
  hears = ''
  begin()
})
begin()
