// What can be done only until a moment, such as undoing, goes away when the moment has passed.
function leave() {
  for (const one of document.querySelectorAll('[data-until]'))
    if (Date.parse(one.dataset.until) <= Date.now()) one.remove()
}

setInterval(leave, 1000)
