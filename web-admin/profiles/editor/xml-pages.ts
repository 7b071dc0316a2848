import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { canonicalProfile } from '../../../profiles/canonical-profile.ts'
import { idOf } from '../../../server/http/asked.ts'
import { needs } from '../../../server/http/credentials.ts'
import { type Drafts } from '../../../server/profiles/drafts.ts'
import { formView, type Fields, type FormError } from '../../form.ts'
import { formHandler, statusOf, type Shown } from '../../form-handler.ts'
import { goTo, showPage } from '../../page.ts'
import { readerOf } from '../../reader.ts'
import { changedWords, draftPath } from './draft-view.ts'

interface XmlPagesDeps {
  readonly drafts: Pick<Drafts, 'open' | 'writeXml'>
}

const fields = {
  xml: { label: 'editor.xml', hint: 'editor.xml.hint', type: 'textarea', rows: 30 },
} as const satisfies Fields
const schema = Joi.object<{ version: number; xml: string }>({
  version: Joi.number().integer().min(1).required(),
  xml: Joi.string().required(),
})

/** A draft as XML, for those who know what Apple calls things. */
export function xmlPages({ drafts }: XmlPagesDeps): ServerRoute[] {
  const options = needs('profiles.write')
  const path = '/profiles/drafts/{draft}/xml'

  async function show(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, language } = readerOf(request)
    const { draft, profile } = await drafts.open(actor, idOf(request, 'draft'))
    const xml = Buffer.from(canonicalProfile(profile)).toString('utf8')
    return showPage(request, h, 'profiles/xml', {
      title: say('editor.xml.title'),
      back: draftPath(draft),
      backText: draft.name,
      version: draft.version,
      changed: changedWords(draft, language),
      form: formView(fields, shown?.typed ?? { xml }, say, shown?.errors?.map(atText)),
      status: shown ? statusOf(shown) : 200,
    })
  }

  return [
    { method: 'GET', path, options, handler: (request, h) => show(request, h) },
    {
      method: 'POST',
      path,
      options: { ...options, payload: { maxBytes: 8 * 1024 * 1024 } },
      handler: formHandler({
        schema,
        fields,
        show,
        act: async (request, h, { version, xml }) => {
          const typed = xml.replace(/\r\n?/g, '\n')
          const { draft } = await drafts.writeXml(readerOf(request).actor, idOf(request, 'draft'), {
            version,
            xml: typed,
          })
          return goTo(h, draftPath(draft), 'said.draft-saved')
        },
      }),
    },
  ]
}

/** Whatever is refused is about the text. */
const atText = ({ message }: FormError): FormError => ({ path: 'xml', message })
