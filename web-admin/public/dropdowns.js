// What lies over the page while it is open, and the menu of a narrow screen: Escape puts it away and leads back to its
// button; what lies over goes by itself when somebody goes on elsewhere, so that it hides nothing they come to.
const over = '.columns-choice[open]'
const wide = matchMedia('(min-width: 62rem)')

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const open = event.target.closest?.(`${over}, [data-menu][open]`)
  if (!open || (open.matches('[data-menu]') && wide.matches)) return
  event.preventDefault()
  open.open = false
  open.querySelector('summary').focus()
})

const closeWithout = target => {
  for (const open of document.querySelectorAll(over)) if (!open.contains(target)) open.open = false
}
document.addEventListener('focusin', event => closeWithout(event.target))
document.addEventListener('pointerdown', event => closeWithout(event.target))
