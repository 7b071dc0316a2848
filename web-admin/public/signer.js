import SignaturePad from './signature_pad.js'

// The strokes and the typed name survive a turned screen, a keyboard that opens, a reload and a lost network: they are
// kept at the end of each stroke and drawn again in the new size. What could not be sent is sent again under the same
// attempt, so that it signs once.
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
  let kept = { width: 0, height: 0, strokes: [], name: '', attempt: form.elements.attemptId.value, ...read() }
  form.elements.attemptId.value = kept.attempt
  if (kept.name !== '' && form.elements.name.value === '') {
    form.elements.name.value = kept.name
    typed.open = true
  }

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
    kept = { ...kept, width: canvas.clientWidth, height: canvas.clientHeight, strokes }
    store()
    show()
  }

  function store() {
    sessionStorage.setItem(key, JSON.stringify(kept))
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
    const { width, height, strokes } = kept
    form.elements.drawing.value = JSON.stringify({ width, height, strokes })
    form.elements.name.value = ''
  })
  form.elements.name.addEventListener('input', () => {
    kept = { ...kept, name: form.elements.name.value }
    store()
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    store()
    send(form, new URLSearchParams(new FormData(form)))
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

const againAfter = 3000

// Until there is an answer the same signature is sent again: the server knows the attempt and signs once.
async function send(form, body) {
  const waiting = form.querySelector('[data-waiting]')
  for (const button of form.querySelectorAll('button')) button.disabled = true
  for (;;) {
    const response = await fetch(form.action, { method: 'POST', body }).catch(() => undefined)
    if (response && response.status < 500) return arrive(response)
    waiting.hidden = false
    await networkOrTime()
  }
}

function networkOrTime() {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, againAfter)
    addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

// Signed: on to the thanks. Refused: the same page says what to put right, with what was written still in it.
async function arrive(response) {
  if (response.redirected) return location.assign(response.url)
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const content = fresh.getElementById('content')
  if (!content) return location.reload()
  document.getElementById('content').replaceChildren(...content.childNodes)
  const again = document.querySelector('form[data-sign]')
  if (again) begin(again)
  document.querySelector('.errors')?.focus()
}

function round(number) {
  return Math.round((number ?? 0) * 100) / 100
}
