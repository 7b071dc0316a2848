import SignaturePad from './signature_pad.js'

// The strokes survive a turned screen, a keyboard that opens and a reload: they are kept at the end of each stroke and
// drawn again in the new size.
const form = document.querySelector('form[data-sign]')
if (form) begin(form)
else forget()

// Nobody's signature stays on the screen's own memory once it has been given.
function forget() {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith('signature ')) sessionStorage.removeItem(key)
}

function begin(form) {
  const box = form.querySelector('[data-pad]')
  const canvas = box.querySelector('canvas')
  const typed = form.querySelector('[data-typed]')
  const key = `signature ${form.dataset.sign}`
  box.hidden = false
  const ink = getComputedStyle(canvas).color
  const pad = new SignaturePad(canvas, { penColor: ink, minWidth: 1, maxWidth: 3 })
  let kept = read() ?? { width: 0, height: 0, strokes: [] }

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? 'null')
    } catch {
      return null
    }
  }

  function keep() {
    const strokes = pad.toData().map(({ points }) => ({
      points: points.map(({ x, y, time, pressure }) => ({
        x: round(x),
        y: round(y),
        time,
        pressure: round(pressure),
      })),
    }))
    kept = { width: canvas.clientWidth, height: canvas.clientHeight, strokes }
    sessionStorage.setItem(key, JSON.stringify(kept))
    show()
  }

  function fit() {
    const { clientWidth: width, clientHeight: height } = canvas
    if (width === 0) return
    const ratio = Math.max(devicePixelRatio, 1)
    canvas.width = width * ratio
    canvas.height = height * ratio
    canvas.getContext('2d').scale(ratio, ratio)
    const scale = kept.width ? Math.min(width / kept.width, height / kept.height) : 1
    const strokes = kept.strokes.map(({ points }) => ({
      penColor: ink,
      dotSize: 0,
      minWidth: 1,
      maxWidth: 3,
      velocityFilterWeight: 0.7,
      compositeOperation: 'source-over',
      points: points.map(point => ({ ...point, x: point.x * scale, y: point.y * scale })),
    }))
    pad.clear()
    pad.fromData(strokes)
    show()
  }

  function show() {
    const isEmpty = pad.isEmpty()
    for (const name of ['undo', 'clear', 'draw']) form.querySelector(`[data-${name}]`).disabled = isEmpty
  }

  pad.addEventListener('endStroke', keep)
  form.querySelector('[data-clear]').addEventListener('click', () => {
    pad.clear()
    keep()
  })
  form.querySelector('[data-undo]').addEventListener('click', () => {
    pad.fromData(pad.toData().slice(0, -1))
    keep()
  })
  form.querySelector('[data-draw]').addEventListener('click', () => {
    form.elements.drawing.value = JSON.stringify(kept)
    form.elements.name.value = ''
  })
  // Enter in the name field signs with the name, not with what is drawn.
  form.elements.name.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    form.requestSubmit(typed.querySelector('button'))
  })
  new ResizeObserver(fit).observe(canvas)
  fit()
}

function round(number) {
  return Math.round((number ?? 0) * 100) / 100
}
