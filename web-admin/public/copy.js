// Buttons that put a text on the clipboard and say so.
document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]')
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const before = button.textContent
  button.textContent = button.dataset.copied
  setTimeout(() => (button.textContent = before), 2000)
})
