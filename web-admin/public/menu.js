// The menu is a disclosure where the screen is narrow and always open beside the work where it is wide.
const wide = matchMedia('(min-width: 62rem)')
const menu = document.querySelector('[data-menu]')

function fit() {
  if (menu) menu.open = wide.matches
}

wide.addEventListener('change', fit)
fit()
menu?.setAttribute('data-ready', '')

// Where the places scroll by themselves, the one that is open is among those that are seen.
const places = document.querySelector('.places')
const here = places?.querySelector('[aria-current]')
if (here && wide.matches && places.scrollHeight > places.clientHeight)
  places.scrollTop = here.offsetTop - places.offsetTop - places.clientHeight / 2
