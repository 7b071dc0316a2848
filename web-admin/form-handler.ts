import { type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import Joi, { type ObjectSchema } from 'joi'
import { DomainError } from '../server/domain-error.ts'
import { noteRefusal } from '../server/http/refused-deeds.ts'
import { readForm, refusalErrors, type Fields, type FormError } from './form.ts'
import { type Say } from './language.ts'
import { meetChanges, seenIn, type TheirChange } from './meeting-changes.ts'
import { readerOf, type Typed } from './reader.ts'

/** What a form shows again: what was typed and, after a refusal, why. */
export interface Shown {
  readonly typed: Typed
  readonly errors?: readonly FormError[]
  /** What somebody else saved while this was being filled in. */
  readonly theirs?: readonly TheirChange[]
}

interface FormHandling<T> {
  readonly schema: ObjectSchema<T>
  readonly fields: Fields | ((say: Say) => Fields)
  readonly show: (request: Request, h: ResponseToolkit, shown: Shown) => Promise<ResponseObject>
  readonly act: (request: Request, h: ResponseToolkit, value: T) => Promise<ResponseObject>
  /**
   * What stands now, as the form would hold it, with its `version`: then a stale form meets what somebody else saved,
   * and keeps what was typed. The form sends back in `seen` what it held when it was opened.
   */
  readonly current?: (request: Request) => Promise<Typed>
  /** The fields as they are compared then, where they depend on what else there is. */
  readonly meetIn?: (request: Request) => Promise<Fields>
  /** The words of errors, where they are not in the language of the one who is signed in. */
  readonly sayFor?: (request: Request) => Promise<Say>
}

/** The handler of a closed form: what is wrong shows the form again with what was typed, else `act` goes on. */
export function formHandler<T>({ schema, fields, show, act, current, meetIn, sayFor }: FormHandling<T>) {
  return async (request: Request, h: ResponseToolkit): Promise<ResponseObject> => {
    const say = sayFor ? await sayFor(request) : readerOf(request).say
    const typed = request.payload as Typed
    const own = typeof fields === 'function' ? fields(say) : fields
    const read = readForm(schema, typed, own, say)
    if ('errors' in read) return show(request, h, { typed, errors: read.errors })
    try {
      return await act(request, h, read.value)
    } catch (thrown) {
      noteRefusal(request, thrown)
      // A page of its own asks who it is and sends the same form again.
      if (thrown instanceof DomainError && thrown.code === 'fresh-sign-in-needed') throw thrown
      if (current && thrown instanceof DomainError && thrown.code === 'stale') {
        const now = await current(request)
        const compared = meetIn ? await meetIn(request) : own
        const met = meetChanges(compared, { was: seenIn(typed), mine: typed, now }, say)
        const renewed = { ...met.typed, version: now['version'], seen: JSON.stringify(now) }
        const errors = [{ path: '', message: say('stale.met') }]
        return show(request, h, { typed: renewed, errors, theirs: met.theirs })
      }
      return show(request, h, { typed, errors: refusalErrors(thrown, say) })
    }
  }
}

/** The handler of a closed form that is a button alone: a refusal shows its page again with the reason. */
export const pressHandler = ({ show, act }: Pick<FormHandling<object>, 'show' | 'act'>) =>
  formHandler({ schema: Joi.object<object>({}), fields: {}, show, act })

/** The status of a page with a form: 422 when it says what to put right. */
export function statusOf({ errors = [] }: Shown): number {
  return errors.length > 0 ? 422 : 200
}
