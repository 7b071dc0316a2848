// Forms marked data-passkey are answered by a key of this device: the browser asks for face, finger or screen lock, and
// what the key says goes along in the form. Without a script or a passkey the button stays away.
const toBytes = text => {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'))
  return Uint8Array.from(plain, sign => sign.charCodeAt(0))
}

const toText = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

const withBytes = list => list?.map(one => ({ ...one, id: toBytes(one.id) }))

function readOptions(text) {
  const options = JSON.parse(text)
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: withBytes(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: withBytes(options.allowCredentials) }),
  }
}

function toJson(credential) {
  const { response } = credential
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const said = parts.filter(name => response[name]).map(name => [name, toText(response[name])])
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: {},
    response: { ...Object.fromEntries(said), transports: response.getTransports?.() ?? [] },
  })
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  const button = form.querySelector('[data-passkey-do]')
  button.hidden = false
  form.querySelector('[data-passkey-missing]')?.remove()
  form.addEventListener('submit', async event => {
    const { answer, name } = form.elements
    // What is not filled in is said before the device asks for anything.
    if (answer.value !== '' || name?.value.trim() === '') return
    event.preventDefault()
    form.querySelector('[data-passkey-failed]').hidden = true
    try {
      const publicKey = readOptions(form.dataset.options)
      const kind = form.dataset.passkey
      answer.value = toJson(await navigator.credentials[kind]({ publicKey }))
      form.requestSubmit(button)
    } catch {
      form.querySelector('[data-passkey-failed]').hidden = false
    }
  })
}

// An answer is good once: coming back with the back button asks the key again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-passkey]')) form.elements.answer.value = ''
})
