import { type Page } from 'playwright-core'

/**
 * What is lost when a reader spaces the text out as WCAG 1.4.12 lets them: the page scrolls sideways, words are cut
 * off, or stick out of what they stand in and over what is beside it. Leaves the page as it was.
 */
export async function lostWhenSpaced(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(lost)
}

const lost = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  const found = []
  if (getComputedStyle(document.body).letterSpacing === 'normal') found.push('it was not spaced out')
  const nameOf = one => one.tagName.toLowerCase() + '.' + String(one.className) + ' “' + (one.textContent || one.value || '').trim().slice(0, 30) + '”'
  const wide = document.documentElement.scrollWidth
  if (wide > innerWidth) {
    const out = [...document.querySelectorAll('body *')].filter(one =>
      one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table-scroll, .xml, .unseen'))
    found.push(wide + ' px wide: ' + out.slice(-1).map(nameOf))
  }
  const words = document.createRange()
  for (const one of document.querySelectorAll('body *:not(svg, svg *, script, option, textarea, .unseen, .unseen *)')) {
    const own = [...one.childNodes].filter(node => node.nodeType === 3 && node.data.trim() !== '')
    if (own.length === 0 || one.closest('.unseen, .xml, pre')) continue
    const { overflowX, overflowY, textOverflow, position, display } = getComputedStyle(one)
    if (display === 'inline' || one.clientWidth <= 2) continue
    const hides = value => value === 'hidden' || value === 'clip'
    if (hides(overflowX) && one.scrollWidth > one.clientWidth + 1) found.push('cut off: ' + nameOf(one))
    if (hides(overflowY) && one.scrollHeight > one.clientHeight + 1) found.push('cut off below: ' + nameOf(one))
    const box = one.getBoundingClientRect()
    for (const node of own) {
      words.selectNodeContents(node)
      const text = words.getBoundingClientRect()
      if (text.bottom > box.bottom + 4 || text.top < box.top - 4) found.push('sticks out above or below: ' + nameOf(one))
      if (text.right > box.right + 2 && !one.closest('.table-scroll')) found.push('sticks out: ' + nameOf(one))
    }
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(one => one !== sheet)
  return [...new Set(found)].slice(0, 5)
})()`
