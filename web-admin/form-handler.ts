import { type Request, type ResponseObject, type ResponseToolkit } from '@hapi/hapi'
import { type ObjectSchema } from 'joi'
import { readForm, refusalErrors, type Fields, type FormError } from './form.ts'
import { type Say } from './language.ts'
import { readerOf, type Typed } from './reader.ts'

/** What a form shows again: what was typed and, after a refusal, why. */
export interface Shown {
  readonly typed: Typed
  readonly errors?: readonly FormError[]
}

export interface FormHandling<T> {
  readonly schema: ObjectSchema<T>
  readonly fields: Fields | ((say: Say) => Fields)
  readonly show: (request: Request, h: ResponseToolkit, shown: Shown) => Promise<ResponseObject>
  readonly act: (request: Request, h: ResponseToolkit, value: T) => Promise<ResponseObject>
  /** The words of errors, where they are not in the language of the one who is signed in. */
  readonly sayFor?: (request: Request) => Promise<Say>
}

/** The handler of a closed form: what is wrong shows the form again with what was typed, else `act` goes on. */
export function formHandler<T>({ schema, fields, show, act, sayFor }: FormHandling<T>) {
  return async (request: Request, h: ResponseToolkit): Promise<ResponseObject> => {
    const say = sayFor ? await sayFor(request) : readerOf(request).say
    const typed = request.payload as Typed
    const read = readForm(schema, typed, typeof fields === 'function' ? fields(say) : fields, say)
    if ('errors' in read) return show(request, h, { typed, errors: read.errors })
    try {
      return await act(request, h, read.value)
    } catch (thrown) {
      return show(request, h, { typed, errors: refusalErrors(thrown, say) })
    }
  }
}

/** The status of a page with a form: 422 when it says what to put right. */
export function statusOf({ errors = [] }: Shown): number {
  return errors.length > 0 ? 422 : 200
}
