// Rows of a list that are chosen together: one tick for all of the page, and the list of all others stands for itself.
for (const form of document.querySelectorAll('[data-bulk]')) {
  const boxes = [...document.querySelectorAll(`input[name="device"][form="${form.id}"]`)]
  const page = form.querySelector('[data-bulk-page]')
  const all = form.querySelector('[data-bulk-all]')
  const fit = () => {
    const count = boxes.filter(box => box.checked).length
    page.checked = count === boxes.length
    page.indeterminate = count > 0 && count < boxes.length
    page.disabled = all.checked
    for (const box of boxes) box.disabled = all.checked
  }
  page.addEventListener('change', () => {
    for (const box of boxes) box.checked = page.checked
    fit()
  })
  all.addEventListener('change', fit)
  for (const box of boxes) box.addEventListener('change', fit)
  form.classList.add('scripted')
  // Coming back with the back button finds the boxes as the browser remembers them.
  addEventListener('pageshow', fit)
}
