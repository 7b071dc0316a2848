import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { type Clock } from '../../server/clock.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { checkFresh } from '../../server/http/fresh-sign-in.ts'
import { forBorrower } from '../../server/http/lent-screen.ts'
import { type NewId } from '../../server/ids.ts'
import { type Papers } from '../../server/liability/papers.ts'
import { type Terms } from '../../server/liability/terms.ts'
import { type Loan } from '../../server/loans/loan.ts'
import { receiptWords } from '../../server/liability/receipt-words.ts'
import { type Loans } from '../../server/loans/loans.ts'
import { type People } from '../../server/people/people.ts'
import { fullName } from '../../server/people/person.ts'
import { type Confirming } from '../../server/staff/confirming.ts'
import { accessoryWords } from '../loans/loan-card.ts'
import { formView } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { sayIn } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { signatureOf, signFields, signSchema } from './hand-out-form.ts'
import { handOutHref, pricesView, termsView } from './hand-out-view.ts'
import { isWithBorrower, lendScreen } from './lent-screen.ts'

interface SignerPagesDeps {
  readonly loans: Pick<Loans, 'get' | 'showTerms' | 'sign' | 'callOff' | 'undo'>
  readonly terms: Pick<Terms, 'current' | 'get'>
  readonly papers: Pick<Papers, 'get' | 'receipt'>
  readonly people: Pick<People, 'get'>
  readonly devices: Pick<Devices, 'get'>
  readonly newId: NewId
  readonly clock: Clock
  readonly confirming: Pick<Confirming, 'lend'>
}

/** What the borrower sees: the terms, the place to sign, the thanks. Nothing of anybody else, no way into the desk. */
export function signerPages(deps: SignerPagesDeps): ServerRoute[] {
  const { loans, terms, papers, people, devices, newId, clock, confirming } = deps
  const identityOf = (request: Request) => (request.query['identity'] === 'id-shown' ? 'id-shown' : 'known')

  async function subject(request: Request) {
    const { actor } = readerOf(request)
    const loan = await loans.get(actor, idOf(request))
    const person = await people.get(actor, loan.personId)
    const device = await devices.get(actor, loan.deviceId)
    const language = loan.language ?? person.language
    const say = sayIn(language)
    return {
      loan,
      language,
      say,
      shown: {
        id: loan.id,
        layout: 'signer' as const,
        language,
        identity: identityOf(request),
        device: { tag: device.assetTag, model: device.model, serialNumber: device.serialNumber },
        accessories: loan.accessories.map(one => accessoryWords(one, say)).join(', '),
        lead: say('signer.for', { name: fullName(person), tag: device.assetTag }),
        otherLanguage: language === 'sv' ? 'en' : 'sv',
      },
    }
  }

  /** The place at the desk where the screen is handed over, by pressing. */
  const toDesk = (h: ResponseToolkit, { personId, deviceId }: Loan) =>
    goTo(h, handOutHref({ person: personId, device: deviceId }))

  /** Hands the screen over, with the terms in the language that was pressed, or as they were shown before. */
  async function show(request: Request, h: ResponseToolkit) {
    const { actor } = readerOf(request)
    const { language: wanted } = request.payload as { language?: unknown }
    const { loan, language } = await subject(request)
    if (isSigned(loan)) return goTo(h, `/hand-out/${loan.id}/done`)
    if (wanted !== undefined || loan.state !== 'terms-shown')
      await loans.showTerms(actor, loan.id, wanted === 'en' || wanted === 'sv' ? wanted : language)
    await lendScreen(confirming, request, loan.id)
    return goTo(h, `/hand-out/${loan.id}/terms?identity=${identityOf(request)}`)
  }

  async function read(request: Request, h: ResponseToolkit) {
    const { actor } = readerOf(request)
    const { loan, shown, say, language } = await subject(request)
    if (isSigned(loan)) return goTo(h, `/hand-out/${loan.id}/done`)
    if (!isWithBorrower(request, loan.id)) return toDesk(h, loan)
    const words =
      loan.termsId === undefined ? await terms.current(actor) : await terms.get(actor, loan.termsId)
    return showPage(request, h, 'hand-out/terms', {
      ...shown,
      title: say('signer.read'),
      terms: termsView(words, language),
      prices: pricesView(loan, language),
    })
  }

  async function pad(request: Request, h: ResponseToolkit, form: Shown = { typed: {} }) {
    const { actor } = readerOf(request)
    const { loan, shown, say, language } = await subject(request)
    if (isSigned(loan)) return goTo(h, `/hand-out/${loan.id}/done`)
    if (!isWithBorrower(request, loan.id)) return toDesk(h, loan)
    if (loan.termsId === undefined) return goTo(h, `/hand-out/${loan.id}/terms?identity=${shown.identity}`)
    const words = await terms.get(actor, loan.termsId)
    return showPage(request, h, 'hand-out/sign', {
      ...shown,
      identity: textOf(form.typed['identity']) || shown.identity,
      title: say('signer.sign'),
      terms: termsView(words, language),
      prices: pricesView(loan, language),
      // Word for word what the paper says that was signed.
      promise: receiptWords[words.kind === 'agreement' ? 'accepted' : 'informed'][language],
      attemptId: textOf(form.typed['attemptId']) || newId(),
      form: formView(signFields, form.typed, say, form.errors),
      // Nothing drawn was sent from there, so whoever writes with the keyboard finds the field open again.
      isTyped: textOf(form.typed['name']) !== '' || form.typed['drawing'] === '',
      status: statusOf(form),
    })
  }

  async function done(request: Request, h: ResponseToolkit) {
    const { loan, shown, say } = await subject(request)
    if (loan.formId === undefined || loan.undoneAt) return goTo(h, '/hand-out')
    const { receiptNumber } = await papers.get(readerOf(request).actor, loan.formId)
    return showPage(request, h, 'hand-out/done', {
      ...shown,
      title: say('signer.done'),
      receipt: say('signer.done.receipt', { number: receiptNumber }),
      receiptHref: `/hand-out/${loan.id}/receipt.pdf`,
    })
  }

  async function receipt(request: Request, h: ResponseToolkit) {
    const { actor } = readerOf(request)
    const { formId } = await loans.get(actor, idOf(request))
    if (formId === undefined) return goTo(h, `/hand-out/${idOf(request)}/terms`)
    const isLent = request.auth.credentials.app?.session?.lentFor === idOf(request)
    const staff = { prove: () => checkFresh(request, clock.now()) }
    const { bytes, fileName } = await papers.receipt(actor, formId, isLent ? 'borrower' : staff)
    return h
      .response(bytes)
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${fileName}"`)
      .header('cache-control', 'private, no-store')
  }

  /** The way back: whoever is signed in says so, and the desk is there again. */
  async function back(request: Request, h: ResponseToolkit) {
    if (request.auth.credentials.app?.session?.lentFor === undefined) return goTo(h, '/hand-out')
    return (await request.server.plugins.webAdmin.askWhoItIs(request, h)).code(200)
  }

  const options = needs('loans.write')
  const own = { ...options, plugins: { ...options.plugins, ...forBorrower.plugins } }
  return [
    { method: 'GET', path: '/hand-out/{id}/terms', options: own, handler: read },
    {
      method: 'POST',
      path: '/hand-out/{id}/terms',
      options: own,
      handler: show,
    },
    { method: 'GET', path: '/hand-out/{id}/sign', options: own, handler: (request, h) => pad(request, h) },
    {
      method: 'POST',
      path: '/hand-out/{id}/sign',
      options: own,
      handler: formHandler({
        schema: signSchema,
        fields: signFields,
        show: pad,
        sayFor: async request => (await subject(request)).say,
        act: async (request, h, typed) => {
          const { attemptId, termsSha256, identity: identityCheck } = typed
          const signature = signatureOf(typed)
          await loans.sign(readerOf(request).actor, idOf(request), {
            attemptId,
            termsSha256,
            identityCheck,
            signature,
          })
          return goTo(h, `/hand-out/${idOf(request)}/done`)
        },
      }),
    },
    { method: 'GET', path: '/hand-out/{id}/done', options: own, handler: done },
    { method: 'GET', path: '/hand-out/{id}/receipt.pdf', options: own, handler: receipt },
    { method: 'GET', path: '/hand-out/{id}/back', options: own, handler: back },
    {
      method: 'POST',
      path: '/hand-out/{id}/call-off',
      options,
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        await loans.callOff(actor, idOf(request), say('hand-out.call-off.reason'))
        return goTo(h, '/hand-out', 'said.called-off')
      },
    },
    {
      method: 'POST',
      path: '/hand-out/{id}/undo',
      options,
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const [loan] = await loans.undo(actor, idOf(request), say('hand-out.undo.reason'))
        // With the same choice again: one of the two was meant.
        const address = { person: loan?.personId ?? '', device: loan?.deviceId ?? '', q: '' }
        return goTo(h, handOutHref(address), 'said.undone')
      },
    },
  ]
}

function isSigned({ formId }: Loan): boolean {
  return formId !== undefined
}
