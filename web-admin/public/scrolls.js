// A table that is wider than its place fades out where there is more of it to see.
const places = () => document.querySelectorAll('.table-scroll')
const watch = new ResizeObserver(entries => entries.forEach(({ target }) => hint(target)))

function hint(place) {
  const left = place.scrollLeft > 2
  const right = place.scrollLeft + place.clientWidth < place.scrollWidth - 2
  place.toggleAttribute('data-more-left', left)
  place.toggleAttribute('data-more-right', right)
}

function begin() {
  watch.disconnect()
  for (const place of places()) watch.observe(place)
}

document.addEventListener('scroll', ({ target }) => target.matches?.('.table-scroll') && hint(target), true)
document.addEventListener('swapped', begin)
begin()
