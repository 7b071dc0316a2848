import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { forExport } from '../../server/http/fresh-sign-in.ts'
import { importKinds, type ImportKind } from '../../server/imports/import-plan.ts'
import { type Imports } from '../../server/imports/imports.ts'
import { encodings, type Encoding } from '../../server/imports/reading.ts'
import { formView, reasonWords, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { type Say } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { delimiterNames, previewView, type DelimiterName } from './import-view.ts'

const rightOf = { people: 'people.write', devices: 'devices.write' } as const satisfies Record<
  ImportKind,
  string
>
const names = Object.keys(delimiterNames) as DelimiterName[]
const largestFile = 5_242_880

const fields = (say: Say) =>
  ({
    file: { label: 'import.file', hint: 'import.file.hint', type: 'file' },
    encoding: {
      label: 'import.encoding',
      type: 'select',
      optional: true,
      options: encodings.map(value => ({ value, text: say(`import.encoding.${value}`) })),
    },
    delimiter: {
      label: 'import.delimiter',
      type: 'select',
      optional: true,
      options: names.map(value => ({ value, text: say(`import.delimiter.${value}`) })),
    },
  }) as const satisfies Fields

interface TypedUpload {
  readonly file: { readonly filename: string; readonly payload: Buffer }
  readonly encoding?: Encoding
  readonly delimiter?: DelimiterName
}

const file = Joi.object({
  filename: Joi.string().max(200).required(),
  payload: Joi.binary().required(),
}).unknown()

const schema = Joi.object<TypedUpload>({
  file: file.required().messages({ 'object.base': 'No file', 'string.empty': 'No file' }),
  encoding: Joi.valid(...encodings).empty(''),
  delimiter: Joi.valid(...names).empty(''),
})

/** Files of people and iPads: upload, look at what would happen, take in. */
export function importPages({ imports }: { imports: Imports }): ServerRoute[] {
  return importKinds.flatMap(kind => pagesOf(kind, imports))
}

function pagesOf(kind: ImportKind, imports: Imports): ServerRoute[] {
  const options = needs(rightOf[kind])
  const path = `/import/${kind}`

  function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    return showPage(request, h, 'imports/upload', {
      title: say(`import.${kind}.title`),
      columns: say(`import.${kind}.columns`),
      path,
      back: `/${kind}`,
      backText: say(`${kind}.title`),
      form: formView(fields(say), shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function preview(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say } = readerOf(request)
    const seen = await imports.get(actor, kind, idOf(request))
    return showPage(request, h, 'imports/preview', {
      ...previewView(seen, say),
      id: seen.id,
      plan: seen.plan,
      path,
      back: path,
      backText: say(`import.${kind}.title`),
      errorsHref: `${path}/${seen.id}/errors.csv`,
      form: formView({}, {}, say, shown.errors),
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path, options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path,
      options: { ...options, payload: { multipart: { output: 'annotated' }, maxBytes: largestFile } },
      handler: formHandler({
        schema,
        fields,
        show,
        act: async (request, h, { file: { filename, payload }, encoding, delimiter }) => {
          const reading = { encoding, delimiter: delimiter && delimiterNames[delimiter] }
          const upload = { kind, fileName: filename, bytes: payload, reading }
          const { id } = await imports.preview(readerOf(request).actor, upload)
          return goTo(h, `${path}/${id}`)
        },
      }),
    },
    { method: 'GET', path: `${path}/{id}`, options, handler: (request, h) => preview(request, h) },
    {
      method: 'GET',
      path: `${path}/{id}/errors.csv`,
      options: { ...options, ...(kind === 'people' && forExport) },
      handler: async (request, h) => {
        const { actor, say } = readerOf(request)
        const csv = await imports.errorRows(actor, kind, idOf(request), reason => reasonWords(reason, say))
        return h
          .response(csv)
          .type('text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${say(`import.${kind}.errors-file`)}.csv"`)
          .header('cache-control', 'private, no-store')
      },
    },
    {
      method: 'POST',
      path: `${path}/{id}`,
      options,
      handler: formHandler({
        schema: Joi.object<{ skipErrors: boolean; plan?: string }>({
          skipErrors: Joi.boolean().default(false),
          plan: Joi.string().max(64),
        }),
        fields: {},
        show: preview,
        act: async (request, h, typed) => {
          await imports.commit(readerOf(request).actor, kind, idOf(request), typed)
          return goTo(h, `/${kind}`, 'said.imported')
        },
      }),
    },
  ]
}
