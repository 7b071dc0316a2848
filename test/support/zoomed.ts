import { type Page } from 'playwright-core'

/** A desk of 1180 × 820 at 200 %: half as many CSS pixels, each twice as large. */
export const zoomed = { viewport: { width: 590, height: 410 }, deviceScaleFactor: 2 } as const

/**
 * What is lost at this zoom: the page scrolls sideways, words are cut off, or what has the focus lies under a bar that
 * stays. Empty when nothing is. What is longer than its field can be read there by moving in it.
 */
export async function lostIn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(lost)
}

const lost = `(() => {
  for (const one of document.querySelectorAll('details:not([data-menu], .columns-choice)')) one.open = true
  const found = []
  const nameOf = one => one.tagName.toLowerCase() + (one.id && '#' + one.id) + ' “' + (one.textContent || one.name || '').trim().slice(0, 30) + '”'
  if (document.documentElement.scrollWidth > innerWidth) {
    found.push('it is ' + document.documentElement.scrollWidth + ' pixels wide')
    for (const one of document.querySelectorAll('main *'))
      if (one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table-scroll, .xml, .unseen')) {
        found.push('sticks out: ' + nameOf(one))
        break
      }
  }
  for (const one of document.querySelectorAll('body *')) {
    const { overflowX, textOverflow, position } = getComputedStyle(one)
    const cuts = overflowX === 'hidden' || overflowX === 'clip' || textOverflow === 'ellipsis'
    if (cuts && position !== 'absolute' && one.clientWidth > 2 && one.scrollWidth > one.clientWidth + 1 && !one.matches('svg, svg *, input'))
      found.push('cut off: ' + nameOf(one))
  }
  for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    one.focus()
    if (document.activeElement !== one) continue
    // A choice that is drawn by its label is looked for there.
    const { left, right, top, bottom } = (one.closest('label') ?? one).getBoundingClientRect()
    if (right - left <= 2 || bottom - top <= 2) continue
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2
    const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
    const there = document.elementFromPoint(x, y)
    const isSeen = there && (one.contains(there) || there.contains(one) || one.closest('label')?.contains(there))
    // What holds it and is drawn there alone: it is scrolled out of sight.
    const isBare = there?.contains(one) && there.matches('main, body, html')
    if (!isSeen || isBare) found.push('not seen when it has the focus: ' + nameOf(one) + ', but ' + (there ? nameOf(there) : 'nothing'))
  }
  scrollTo(0, 0)
  return found
})()`
