// A form that was sent says so, and is not sent twice by a second tap.
document.addEventListener('submit', event => {
  const form = event.target
  if (event.defaultPrevented || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault()
    return
  }
  if (form.method !== 'post' || form.hasAttribute('data-again')) return
  form.dataset.sent = 'yes'
  event.submitter?.setAttribute('data-busy', '')
  event.submitter?.setAttribute('aria-busy', 'true')
})

// Coming back with the back button finds the form usable again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) {
    delete form.dataset.sent
    for (const button of form.querySelectorAll('[data-busy]')) {
      button.removeAttribute('data-busy')
      button.removeAttribute('aria-busy')
    }
  }
})

document.querySelector('[data-focus]')?.focus()

// The content without its place in the address: that would come back with a refused form, and take the focus from the
// reason.
document.querySelector('.skip')?.addEventListener('click', event => {
  event.preventDefault()
  document.querySelector(event.currentTarget.hash)?.focus()
})

// The lock screen is only of use for an iPad that is away.
const lockScreen = document.querySelector('[data-missing-only]')
if (lockScreen) {
  const fit = () => {
    const kind = document.querySelector('[name=kind]:checked')?.value
    lockScreen.hidden = kind === 'damage' || kind === 'fault'
  }
  document.addEventListener('change', fit)
  fit()
}
