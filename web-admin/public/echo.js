// Shows what is typed in a field elsewhere on the page: the lock screen of a stolen iPad follows its form.
for (const place of document.querySelectorAll('[data-echo]')) {
  const field = document.querySelector(`[name="${place.dataset.echo}"]`)
  field?.addEventListener('input', () => {
    place.textContent = field.value
  })
}
