import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Template } from '../../profiles/templates/template.ts'
import { templates } from '../../profiles/templates/templates.ts'
import { DomainError } from '../../server/domain-error.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Organisations } from '../../server/organisations/organisations.ts'
import { answerableId, type Actor } from '../../server/staff/actor.ts'
import { type Staff } from '../../server/staff/staff.ts'
import { type Profiles } from '../../server/profiles/profiles.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf } from '../reader.ts'
import { factsFrom, templateFields, templateSchema } from './template-form.ts'
import { inWords } from './words.ts'

interface NewProfilePagesDeps {
  readonly profiles: Pick<Profiles, 'create' | 'save' | 'get'>
  readonly organisations: Pick<Organisations, 'get'>
  readonly staff: Pick<Staff, 'get'>
}

interface TypedFile {
  readonly name: string
  /** No bytes where the file is empty. */
  readonly file: { readonly payload: unknown }
  readonly note?: string
  readonly basedOn: number
}

const note = { label: 'profile.note', hint: 'profile.note.hint', optional: true } as const
const file = { label: 'profile.file', hint: 'profile.file.hint', type: 'file' } as const
const fileFields = {
  name: { label: 'profile.name', hint: 'profile.name.hint', autocomplete: 'off' },
  file,
  note,
} as const satisfies Fields
const versionFields = { file, note } as const satisfies Fields

const fileSchema = Joi.object<TypedFile>({
  name: Joi.string().trim().max(120).required(),
  file: Joi.object({ filename: Joi.string().required(), payload: Joi.any().required() }).unknown().required(),
  note: Joi.string().trim().max(1000).empty(''),
})
const versionSchema = fileSchema.keys({
  name: Joi.forbidden(),
  basedOn: Joi.number().integer().min(1).required(),
})

const bytesOf = ({ payload }: TypedFile['file']): Uint8Array =>
  Buffer.isBuffer(payload) ? payload : Buffer.alloc(0)

/** Room for what a form puts around the largest file that is taken in. */
const upload = { multipart: { output: 'annotated' }, maxBytes: 6 * 1024 * 1024 } as const

/** A new profile from a template or a file, and a further version from a file. */
export function newProfilePages({ profiles, organisations, staff }: NewProfilePagesDeps): ServerRoute[] {
  const options = needs('profiles.write')

  function templateOf(request: Request): Template {
    const found = templates.find(({ id }) => id === request.params['template'])
    if (found) return found
    throw new DomainError('not-found', 'template-unknown', 'There is no such template.')
  }

  function choose(request: Request, h: ResponseToolkit) {
    const { say, language } = readerOf(request)
    return showPage(request, h, 'profiles/new', {
      title: say('profiles.add'),
      templates: templates.map(({ id, title, help }) => ({
        href: `/profiles/new/${id}`,
        title: inWords(title, language),
        help: inWords(help, language),
      })),
    })
  }

  /** Whoever makes the profile has their address where everybody's mail is. */
  async function ownDomain(actor: Actor): Promise<string | undefined> {
    const account = await staff.get(actor, answerableId(actor))
    return account.email.split('@')[1]
  }

  async function showTemplate(request: Request, h: ResponseToolkit, shown?: Shown) {
    const { actor, say, language } = readerOf(request)
    const { title, help } = templateOf(request)
    const { name } = await organisations.get(actor)
    const domain = await ownDomain(actor)
    const ready = {
      name: inWords(title, language),
      organisationName: name,
      ...(domain !== undefined && { domain, mailDomains: domain, helpUrl: `https://${domain}/ipad` }),
      mailServer: 'outlook.office365.com',
      returnTo: `Tillhör ${name}.`,
    }
    return showPage(request, h, 'profiles/template', {
      title: inWords(title, language),
      help: inWords(help, language),
      form: formView(templateFields, shown?.typed ?? ready, say, shown?.errors),
      status: shown ? statusOf(shown) : 200,
    })
  }

  function showFile(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    return showPage(request, h, 'profiles/file', {
      title: say('profiles.add.file'),
      action: '/profiles/new/file',
      back: '/profiles/new',
      backText: say('profiles.add'),
      form: formView(fileFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function showVersion(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say } = readerOf(request)
    const { profile } = await profiles.get(actor, idOf(request))
    return showPage(request, h, 'profiles/file', {
      title: say('profile.new-version'),
      action: `/profiles/${profile.id}/file`,
      back: `/profiles/${profile.id}`,
      backText: profile.name,
      basedOn: shown.typed['basedOn'] ?? profile.latest,
      form: formView(versionFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path: '/profiles/new', options, handler: choose },
    { method: 'GET', path: '/profiles/new/file', options, handler: (request, h) => showFile(request, h) },
    {
      method: 'POST',
      path: '/profiles/new/file',
      options: { ...options, payload: upload },
      handler: formHandler({
        schema: fileSchema,
        fields: fileFields,
        show: showFile,
        act: async (request, h, typed) => {
          const content = { from: 'file', bytes: bytesOf(typed.file) } as const
          const made = await profiles.create(readerOf(request).actor, {
            name: typed.name,
            note: typed.note,
            content,
          })
          return goTo(h, `/profiles/${made.profile.id}`, 'said.profile-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/new/{template}',
      options,
      handler: (request, h) => showTemplate(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/new/{template}',
      options,
      handler: formHandler({
        schema: templateSchema,
        fields: templateFields,
        show: showTemplate,
        act: async (request, h, typed) => {
          const template = templateOf(request).id
          const made = await profiles.create(readerOf(request).actor, {
            name: typed.name,
            note: typed.note,
            content: { from: 'template', template, facts: factsFrom(typed) },
          })
          return goTo(h, `/profiles/${made.profile.id}`, 'said.profile-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/{id}/file',
      options,
      handler: (request, h) => showVersion(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/{id}/file',
      options: { ...options, payload: upload },
      handler: formHandler({
        schema: versionSchema,
        fields: versionFields,
        show: showVersion,
        act: async (request, h, { file: sent, note: said, basedOn }) => {
          const content = { from: 'file', bytes: bytesOf(sent) } as const
          const id = idOf(request)
          await profiles.save(readerOf(request).actor, id, { basedOn, content, note: said })
          return goTo(h, `/profiles/${id}`, 'said.profile-saved')
        },
      }),
    },
  ]
}
