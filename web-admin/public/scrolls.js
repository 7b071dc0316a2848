// A table that is wider than its place, and a menu that is higher, fade out where there is more of them to see.
const scrolling = '.table-scroll, .places'
const places = () => document.querySelectorAll(scrolling)
const watch = new ResizeObserver(entries => entries.forEach(({ target }) => hint(target.closest(scrolling))))

function hint(place) {
  const left = place.scrollLeft > 2
  const right = place.scrollLeft + place.clientWidth < place.scrollWidth - 2
  place.toggleAttribute('data-more-left', left)
  place.toggleAttribute('data-more-right', right)
  place.toggleAttribute('data-more-above', place.scrollTop > 2)
  place.toggleAttribute('data-more-below', place.scrollTop + place.clientHeight < place.scrollHeight - 2)
}

function begin() {
  watch.disconnect()
  for (const place of places()) for (const one of [place, ...place.children]) watch.observe(one)
}

document.addEventListener('scroll', ({ target }) => target.matches?.(scrolling) && hint(target), true)
// Browsers leave what is seen by a corner where it is.
document.addEventListener('focusin', ({ target }) => {
  if (target.parentElement?.closest('.table-scroll'))
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
})
document.addEventListener('swapped', begin)
begin()
