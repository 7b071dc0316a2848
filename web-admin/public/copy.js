// Buttons that put a text on the clipboard and say so, to those who do not see it too.
const said = document.createElement('p')
said.className = 'unseen'
said.setAttribute('role', 'status')

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]')
  // A second press while it says so would take that for its name.
  if (!button || said.textContent !== '') return
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
  } catch {
    // Without TLS there is no clipboard: what is to be taken along is at least marked.
    const shown = button.closest('section, main')?.querySelector('.link-text, .codes')
    if (shown) getSelection().selectAllChildren(shown)
    return
  }
  const before = button.textContent
  button.after(said)
  said.textContent = button.textContent = button.dataset.copied
  setTimeout(() => {
    button.textContent = before
    said.textContent = ''
  }, 2000)
})
