import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { cameFrom } from '../../server/http/came-from.ts'
import { type Passkeys } from '../../server/staff/passkeys.ts'
import { type SecondStep } from '../../server/staff/second-step.ts'
import { type Session } from '../../server/staff/session.ts'
import { authenticatorView, codeFields } from '../account/authenticator-view.ts'
import { passkeyAnswer } from '../account/passkey-answer.ts'
import { passkeyFields } from '../account/passkey-pages.ts'
import { formView, readForm, refusalErrors, type Fields, type FormError } from '../form.ts'
import { languageOf, sayIn } from '../language.ts'
import { goTo, ownPath, showPage } from '../page.ts'
import { textOf, type Typed } from '../reader.ts'
import { secretOf } from './session-cookie.ts'

interface SecondStepPagesDeps {
  readonly secondStep: SecondStep
  readonly passkeys: Pick<Passkeys, 'isAvailable' | 'signInOptions'>
}

const answerFields = {
  code: {
    label: 'second-factor.code',
    hint: 'second-factor.answer.hint',
    autocomplete: 'one-time-code',
  },
} as const satisfies Fields

const answerSchema = Joi.object<{ code: string }>({ code: Joi.string().trim().max(100).required() })
const offerSchema = Joi.object<{ code: string; sealed: string }>({
  code: Joi.string().trim().max(100).required(),
  sealed: Joi.string().max(1000).required(),
})

const passkeySchema = Joi.object<{ name: string; answer: unknown }>({
  name: Joi.string().trim().max(80).required(),
  answer: passkeyAnswer,
})

const answerPath = '/sign-in/second-factor'
const setUpPath = '/sign-in/second-factor/set-up'
const setUpPasskeyPath = `${setUpPath}/passkey`

/** Where a session that waits goes on, and from there to where the person wanted. */
export function secondStepPath(waitsFor: NonNullable<Session['waitsFor']>, next: string): string {
  const path = waitsFor === 'second-factor' ? answerPath : setUpPath
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`
}

/** The second step of signing in: a code, or setting an app up where the organisation asks for one. */
export function secondStepPages({ secondStep, passkeys }: SecondStepPagesDeps): ServerRoute[] {
  const nextOf = (request: Request) =>
    ownPath((request.payload as Typed | null)?.['next'] ?? request.query['next'])
  const startAgain = (h: ResponseToolkit) => goTo(h, '/sign-in', 'said.sign-in-over')

  async function waitsHere(request: Request, waitsFor: Session['waitsFor']): Promise<boolean> {
    return (await secondStep.waiting(secretOf(request)))?.session.waitsFor === waitsFor
  }

  async function ask(request: Request, h: ResponseToolkit, errors: readonly FormError[] = []) {
    if (!(await waitsHere(request, 'second-factor'))) return startAgain(h)
    const say = sayIn(languageOf(request))
    return showPage(request, h, 'sign-in/second-factor', {
      title: say('second-factor.answer.title'),
      form: formView(answerFields, {}, say, errors),
      passkeyOptions: passkeys.isAvailable && JSON.stringify(await passkeys.signInOptions()),
      next: nextOf(request),
      layout: 'plain',
      status: errors.length > 0 ? 422 : 200,
    })
  }

  async function offer(request: Request, h: ResponseToolkit, errors: readonly FormError[] = []) {
    if (!(await waitsHere(request, 'second-factor-set-up'))) return startAgain(h)
    const secret = secretOf(request)
    const typed = request.payload as Typed | null
    // The app has read the key already: a code that was wrong must not change it. A key that is too old begins anew.
    const sealed = textOf(typed?.['sealed'])
    const offered = await (sealed === ''
      ? secondStep.offer(secret)
      : secondStep.offer(secret, sealed).catch(() => secondStep.offer(secret)))
    const say = sayIn(languageOf(request))
    const options = passkeys.isAvailable && (await secondStep.passkeyOptions(secret))
    return showPage(request, h, 'sign-in/second-factor-set-up', {
      title: say('second-factor.set-up'),
      offer: await authenticatorView(offered),
      form: formView(codeFields, {}, say, errors),
      passkey: options && {
        action: setUpPasskeyPath,
        options: JSON.stringify(options),
        name: formView(passkeyFields, { name: typed?.['name'] }, say, errors).fields.name,
      },
      next: nextOf(request),
      layout: 'plain',
      status: errors.length > 0 ? 422 : 200,
    })
  }

  /** The codes that the first second step comes with, once. */
  function showCodes(request: Request, h: ResponseToolkit, codes: readonly string[]) {
    const title = sayIn(languageOf(request))('recovery-codes.title')
    const next = nextOf(request)
    return showPage(request, h, 'sign-in/recovery-codes', { title, codes, next, layout: 'plain' })
  }

  const options = { auth: false } as const
  return [
    { method: 'GET', path: answerPath, options, handler: (request, h) => ask(request, h) },
    {
      method: 'POST',
      path: answerPath,
      options,
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        if (!(await waitsHere(request, 'second-factor'))) return startAgain(h)
        const read = readForm(answerSchema, request.payload, answerFields, say)
        if ('errors' in read) return ask(request, h, read.errors)
        try {
          const secret = await secondStep.answer(secretOf(request), read.value.code, cameFrom(request))
          request.cookieAuth.set({ secret })
        } catch (thrown) {
          return ask(request, h, refusalErrors(thrown, say))
        }
        return goTo(h, nextOf(request))
      },
    },
    { method: 'GET', path: setUpPath, options, handler: (request, h) => offer(request, h) },
    {
      method: 'POST',
      path: setUpPath,
      options,
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        if (!(await waitsHere(request, 'second-factor-set-up'))) return startAgain(h)
        const read = readForm(offerSchema, request.payload, codeFields, say)
        if ('errors' in read) return offer(request, h, read.errors)
        try {
          const { secret, codes } = await secondStep.accept(secretOf(request), read.value, cameFrom(request))
          request.cookieAuth.set({ secret })
          return await showCodes(request, h, codes)
        } catch (thrown) {
          return offer(request, h, refusalErrors(thrown, say))
        }
      },
    },
    {
      method: 'GET',
      path: setUpPasskeyPath,
      options,
      handler: (_request, h) => goTo(h, setUpPath),
    },
    {
      method: 'POST',
      path: setUpPasskeyPath,
      options,
      handler: async (request, h) => {
        const say = sayIn(languageOf(request))
        if (!(await waitsHere(request, 'second-factor-set-up'))) return startAgain(h)
        const read = readForm(passkeySchema, request.payload, passkeyFields, say)
        if ('errors' in read) return offer(request, h, read.errors)
        try {
          const asked = secondStep.acceptPasskey(secretOf(request), read.value, cameFrom(request))
          const { secret, codes } = await asked
          request.cookieAuth.set({ secret })
          return await showCodes(request, h, codes)
        } catch (thrown) {
          return offer(request, h, refusalErrors(thrown, say))
        }
      },
    },
  ]
}
