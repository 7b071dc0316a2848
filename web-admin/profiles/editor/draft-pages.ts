import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { partsOf, textAt } from '../../../profiles/editor/parts.ts'
import { canonicalProfile } from '../../../profiles/canonical-profile.ts'
import { DomainError } from '../../../server/domain-error.ts'
import { idOf } from '../../../server/http/asked.ts'
import { needs } from '../../../server/http/credentials.ts'
import { type Drafts } from '../../../server/profiles/drafts.ts'
import { expandVariables } from '../../../profiles/variables.ts'
import { formView, type Fields } from '../../form.ts'
import { formHandler, statusOf, type Shown } from '../../form-handler.ts'
import { goTo, showPage } from '../../page.ts'
import { readerOf, textOf } from '../../reader.ts'
import { partChoices } from './add-view.ts'
import { changedWords, draftPath, draftView, overtakenView } from './draft-view.ts'
import { variableRows } from './variable-view.ts'

interface DraftPagesDeps {
  readonly drafts: Drafts
}

const newFields = {
  name: { label: 'profile.name', hint: 'profile.name.hint', autocomplete: 'off' },
  identifier: { label: 'draft.identifier', hint: 'draft.identifier.hint', autocomplete: 'off' },
} as const satisfies Fields

const newSchema = Joi.object<{ name: string; identifier: string }>({
  name: Joi.string().trim().max(120).required(),
  identifier: Joi.string()
    .trim()
    .max(200)
    .pattern(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, 'identifier')
    .messages({ 'string.pattern.name': '{{#label}} has the wrong form' })
    .required(),
})

const saveFields = {
  note: { label: 'profile.note', hint: 'profile.note.hint', optional: true },
} as const satisfies Fields

const version = Joi.number().integer().min(1).required()
const saveSchema = Joi.object<{ version: number; note?: string }>({
  version,
  note: Joi.string().trim().max(1000).empty(''),
})
const versionSchema = Joi.object<{ version: number }>({ version })
const addSchema = Joi.object<{ version: number; entry: number }>({
  version,
  entry: Joi.number().integer().min(0).max(1000).required(),
})

/** The editor of profiles: a draft with its parts, further parts, a look at what comes out, and saving it. */
export function draftPages({ drafts }: DraftPagesDeps): ServerRoute[] {
  const options = needs('profiles.write')
  const one = '/profiles/drafts/{draft}'

  function showNew(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    return showPage(request, h, 'profiles/new-draft', {
      title: say('profiles.add.empty'),
      form: formView(newFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { actor, say, language } = readerOf(request)
    const open = await drafts.open(actor, idOf(request, 'draft'))
    return showPage(request, h, 'profiles/draft', {
      ...draftView(open, language),
      overtaken: overtakenView(open, say),
      title: open.draft.name,
      form: formView(saveFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function choose(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const { draft, profile, ipads } = await drafts.open(actor, idOf(request, 'draft'))
    const search = textOf(request.query['q']).slice(0, 100)
    const there = new Set(partsOf(profile).map(part => textAt(part, 'PayloadType')))
    const groups = partChoices(search, { ipads, there, language })
    return showPage(request, h, 'profiles/add-part', {
      title: say('editor.add'),
      back: draftPath(draft),
      backText: draft.name,
      version: draft.version,
      search,
      groups,
      found: say('editor.found', { count: groups.reduce((sum, { rows }) => sum + rows.length, 0) }),
    })
  }

  async function preview(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const { draft, profile } = await drafts.open(actor, idOf(request, 'draft'))
    const example = await drafts.example(actor)
    const expanded = expandVariables(profile, example ?? {})
    return showPage(request, h, 'profiles/preview', {
      title: say('editor.preview'),
      back: draftPath(draft),
      backText: draft.name,
      xml: Buffer.from(
        canonicalProfile(expanded.outcome === 'expanded' ? expanded.profile : profile),
      ).toString('utf8'),
      isExpanded: expanded.outcome === 'expanded' && example !== undefined,
      missing:
        expanded.outcome === 'missing' ? expanded.missing.map(name => `{{${name}}}`).join(', ') : undefined,
      variables: variableRows(example, language),
    })
  }

  /** Where there is a draft of another version, both are offered; `instead` is the draft that is to go. */
  async function edit(request: Request, h: ResponseToolkit) {
    const { actor } = readerOf(request)
    const sent = request.payload as { readonly number?: unknown; readonly instead?: unknown }
    const number = Number(textOf(sent.number)) || undefined
    const instead = Number(textOf(sent.instead)) || undefined
    const id = idOf(request)
    if (instead !== undefined) await drafts.discard(actor, id, { version: instead })
    try {
      return goTo(h, draftPath(await drafts.edit(actor, id, number)))
    } catch (error) {
      if (number === undefined || !(error instanceof DomainError) || error.code !== 'draft-exists')
        throw error
      return showExisting(request, h, number)
    }
  }

  async function showExisting(request: Request, h: ResponseToolkit, number: number) {
    const { actor, say, language } = readerOf(request)
    const { draft } = await drafts.open(actor, idOf(request))
    const from = draft.of?.from ?? draft.of?.number ?? number
    return showPage(request, h, 'profiles/draft-exists', {
      title: draft.name,
      back: `/profiles/${draft.id}/versions/${number}`,
      text: say('draft.exists', { from, changed: changedWords(draft, language) }),
      draftHref: draftPath(draft),
      editPath: `/profiles/${draft.id}/edit`,
      number,
      version: draft.version,
      instead: say('draft.exists.instead', { number }),
      status: 409,
    })
  }

  return [
    { method: 'GET', path: '/profiles/new/empty', options, handler: (request, h) => showNew(request, h) },
    {
      method: 'POST',
      path: '/profiles/new/empty',
      options,
      handler: formHandler({
        schema: newSchema,
        fields: newFields,
        show: showNew,
        act: async (request, h, typed) =>
          goTo(h, draftPath(await drafts.begin(readerOf(request).actor, typed))),
      }),
    },
    {
      method: 'POST',
      path: '/profiles/{id}/edit',
      options,
      handler: edit,
    },
    { method: 'GET', path: one, options, handler: (request, h) => show(request, h) },
    { method: 'GET', path: `${one}/add`, options, handler: choose },
    { method: 'GET', path: `${one}/preview`, options, handler: preview },
    {
      method: 'POST',
      path: `${one}/add`,
      options,
      handler: formHandler({
        schema: addSchema,
        fields: {},
        show,
        act: async (request, h, typed) => {
          const { actor, language } = readerOf(request)
          const { draft, index } = await drafts.addPart(actor, idOf(request, 'draft'), { ...typed, language })
          return goTo(h, `${draftPath(draft)}/parts/${index}?new=1`)
        },
      }),
    },
    {
      method: 'POST',
      path: `${one}/save`,
      options,
      handler: formHandler({
        schema: saveSchema,
        fields: saveFields,
        show,
        act: async (request, h, typed) => {
          const { profileId } = await drafts.save(readerOf(request).actor, idOf(request, 'draft'), typed)
          return goTo(h, `/profiles/${profileId}`, 'said.profile-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: `${one}/put-on-top`,
      options,
      handler: formHandler({
        schema: versionSchema,
        fields: {},
        show,
        act: async (request, h, typed) => {
          const draft = await drafts.putOnTop(readerOf(request).actor, idOf(request, 'draft'), typed)
          return goTo(h, draftPath(draft), 'said.draft-on-top')
        },
      }),
    },
    {
      method: 'POST',
      path: `${one}/discard`,
      options,
      handler: formHandler({
        schema: versionSchema,
        fields: {},
        show,
        act: async (request, h, typed) => {
          await drafts.discard(readerOf(request).actor, idOf(request, 'draft'), typed)
          return goTo(h, '/profiles', 'said.draft-discarded')
        },
      }),
    },
  ]
}
