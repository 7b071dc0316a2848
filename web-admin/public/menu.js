// The menu is a disclosure where the screen is narrow and always open beside the work where it is wide.
const wide = matchMedia('(min-width: 62rem)')
const menu = document.querySelector('[data-menu]')

function fit() {
  if (menu) menu.open = wide.matches
}

wide.addEventListener('change', fit)
fit()
menu?.setAttribute('data-ready', '')
