import { type Page } from 'playwright-core'

/** How a page is built for whoever asked: its answer, each part with what stands right in it, and what is broken. */
interface Shape {
  readonly path: string
  readonly status: number
  readonly parts: readonly string[]
  readonly broken: readonly string[]
}

/**
 * The shapes of these pages for whoever is signed in on `page`, read without drawing them: a part is an element with
 * its kinds of children in their order, whatever the words and however many rows. Broken is what a role may lose when
 * something is left out for it: what a label, a description or a link within the page points at, and what a list holds.
 */
export async function shapesOf(page: Page, paths: readonly string[]): Promise<readonly Shape[]> {
  return page.evaluate<Shape[]>(`(${read})(${JSON.stringify(paths)})`)
}

const read = `async paths => {
  const kindOf = one => [
    one.localName,
    ...[...one.classList].sort().map(name => '.' + name),
    ...one.getAttributeNames().filter(name => /^(role|type|open|disabled|aria-.*)$/.test(name)).sort().map(name => '[' + name + ']'),
  ].join('')
  const hasWords = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== '')
  const shapeOf = async path => {
    const answer = await fetch(path)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    for (const drawn of page.querySelectorAll('svg')) drawn.replaceChildren()
    const parts = new Set()
    const broken = []
    for (const one of page.body.querySelectorAll('*')) {
      const held = new Set([...one.children].map(kindOf))
      parts.add(kindOf(one) + (hasWords(one) ? ' “”' : '') + ' > ' + [...held].join(' + '))
      if (one.matches('ul, ol, dl, tbody, select:not([data-later])') && held.size === 0 && !one.id)
        broken.push('empty: ' + kindOf(one))
      for (const name of ['aria-labelledby', 'aria-describedby', 'for'])
        for (const id of (one.getAttribute(name) ?? '').split(' ').filter(id => id !== ''))
          if (!page.getElementById(id)) broken.push(name + ' of what is not there: ' + id)
      const to = one.localName === 'a' ? one.getAttribute('href') ?? '' : ''
      if (/^#./.test(to) && !page.getElementById(decodeURIComponent(to.slice(1)))) broken.push('link to what is not there: ' + to)
    }
    if (page.querySelectorAll('h1').length !== 1) broken.push(page.querySelectorAll('h1').length + ' headings of the first order')
    return { path, status: answer.status, parts: [...parts], broken: [...new Set(broken)] }
  }
  // Some at once: the server makes one page while another is on its way.
  const shapes = []
  for (let at = 0; at < paths.length; at += 4)
    shapes.push(...(await Promise.all(paths.slice(at, at + 4).map(shapeOf))))
  return shapes
}`

/**
 * The pages that hold a part which `known` lacks, in their order; each adds its own parts to it. What is left out is
 * made of parts that were all judged on another page, and refusals look the same everywhere after the first.
 */
export function unlike(known: Set<string>, shapes: readonly Shape[]): Shape[] {
  return shapes.filter(({ parts }) => {
    const fresh = parts.filter(part => !known.has(part))
    for (const part of fresh) known.add(part)
    return fresh.length > 0
  })
}
