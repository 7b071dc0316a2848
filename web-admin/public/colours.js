// A field for a colour has the browser's own palette beside it: what is chosen in one is seen in the other.
for (const palette of document.querySelectorAll('[data-colour]')) {
  const field = document.querySelector(`[name="${palette.dataset.colour}"]`)
  if (!field) continue
  const follow = () => {
    if (/^#[0-9a-f]{6}$/i.test(field.value.trim())) palette.value = field.value.trim()
  }
  palette.addEventListener('input', () => {
    field.value = palette.value
  })
  field.addEventListener('input', follow)
  follow()
  palette.parentElement.hidden = false
}
