import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { type Audit } from '../../server/audit/audit.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { maxGuideBytes, type GuideVersion } from '../../server/guides/guide.ts'
import { type Guides } from '../../server/guides/guides.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type Coverage, type Rollouts } from '../../server/rollouts/rollouts.ts'
import { dayAndTime } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { sayIn } from '../language.ts'
import { goTo, showPage } from '../page.ts'
import { profileParts } from '../profiles/profile-parts.ts'
import { readerOf, type Reader } from '../reader.ts'
import { nextView } from '../rollouts/next-version.ts'
import { createShortList } from '../tables/short-list.ts'
import { guideColumns, type ListedGuide } from './guide-columns.ts'

interface GuidePagesDeps {
  readonly guides: Pick<Guides, 'list' | 'get' | 'create' | 'revise' | 'file'>
  readonly rollouts: Pick<Rollouts, 'coverage' | 'coverages' | 'assigned' | 'nextVersion'>
  readonly audit: Audit
}

interface TypedGuide {
  readonly name: string
  /** No bytes where the file is empty. */
  readonly file: { readonly payload: unknown }
  readonly note?: string
}

const file = { label: 'guide.file', hint: 'guide.file.hint', type: 'file' } as const
const note = { label: 'profile.note', hint: 'profile.note.hint', optional: true } as const
const newFields = {
  name: { label: 'profile.name', hint: 'guide.name.hint', autocomplete: 'off' },
  file,
  note,
} as const satisfies Fields
const versionFields = { file, note } as const satisfies Fields

const newSchema = Joi.object<TypedGuide>({
  name: Joi.string().trim().max(120).required(),
  file: Joi.object({ filename: Joi.string().required(), payload: Joi.any().required() }).unknown().required(),
  note: Joi.string().trim().max(1000).empty(''),
})
const versionSchema = newSchema.keys({ name: Joi.forbidden() })

/** Room for what a form puts around the largest file that is taken in. */
const upload = { multipart: { output: 'annotated' }, maxBytes: maxGuideBytes + 1024 * 1024 } as const

const bytesOf = ({ payload }: TypedGuide['file']): Uint8Array =>
  Buffer.isBuffer(payload) ? payload : Buffer.alloc(0)

/** What borrowers read on their iPads: the list, one guide with how far each version has come, its revision. */
export function guidePages({ guides, rollouts, audit }: GuidePagesDeps): ServerRoute[] {
  const coverageOf = (request: Request, id: string) =>
    rollouts.coverage(readerOf(request).actor, { kind: 'guide', id })

  const listed = createShortList<ListedGuide>({
    name: 'guides',
    path: '/profiles/guides',
    title: 'guides.title',
    audit,
    columnsFor: guideColumns,
    rowsFor: async ({ actor }) => {
      const all = await guides.list(actor)
      const contents = all.map(({ id }) => ({ kind: 'guide' as const, id }))
      const coverages = await rollouts.coverages(actor, contents)
      return all.flatMap((guide, at) => {
        const coverage = coverages[at]
        return coverage ? [{ guide, coverage }] : []
      })
    },
    idOf: ({ guide }) => guide.id,
    options: needs('rollouts.read'),
  })

  /** That the newest waits for the roll-outs of the one before, each with its place. */
  async function waitingOf({ actor, say }: Reader, id: string) {
    const waiting: ReturnType<typeof nextView>[] = []
    for (const assignment of await rollouts.assigned(actor)) {
      const { content } = assignment
      const isOfGuide = content.kind === 'guide' && content.id === id
      const next = isOfGuide ? await rollouts.nextVersion(actor, assignment) : undefined
      if (next) waiting.push(nextView(next, say))
    }
    return waiting
  }

  async function list(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    return showPage(request, h, 'guides/list', {
      title: say('guides.title'),
      parts: profileParts('/profiles/guides', say),
      list: await listed.view(request),
      mayWrite: may('guides.write'),
    })
  }

  async function showNew(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const { say } = readerOf(request)
    return showPage(request, h, 'guides/new', {
      title: say('guides.add'),
      form: formView(newFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function show(request: Request, h: ResponseToolkit, shown: Shown = { typed: {} }) {
    const reader = readerOf(request)
    const { actor, say, language, may } = reader
    const { guide, versions } = await guides.get(actor, idOf(request))
    const coverage = await coverageOf(request, guide.id)
    return showPage(request, h, 'guides/show', {
      title: guide.name,
      path: `/profiles/guides/${guide.id}`,
      sub: say('profile.version', { number: guide.latest }),
      coverage:
        coverage.of > 0 && say('guide.coverage.of', { percent: coverage.percent, count: coverage.of }),
      waiting: await waitingOf(reader, guide.id),
      versions: versions.map(version => versionRow(version, coverage, language)),
      rollOutHref: may('rollouts.write') && `/profiles/rollouts/new?guide=${guide.id}`,
      mayWrite: may('guides.write'),
      isRevising: shown.errors !== undefined,
      form: formView(versionFields, shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  return [
    { method: 'GET', path: '/profiles/guides', options: needs('rollouts.read'), handler: list },
    ...listed.files,
    {
      method: 'GET',
      path: '/profiles/guides/new',
      options: needs('guides.write'),
      handler: (request, h) => showNew(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/guides/new',
      options: { ...needs('guides.write'), payload: upload },
      handler: formHandler({
        schema: newSchema,
        fields: newFields,
        show: showNew,
        act: async (request, h, { name, file: sent, note: said }) => {
          const { guide } = await guides.create(readerOf(request).actor, {
            name,
            bytes: bytesOf(sent),
            note: said,
          })
          return goTo(h, `/profiles/guides/${guide.id}`, 'said.guide-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/guides/{id}',
      options: needs('rollouts.read'),
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/guides/{id}',
      options: { ...needs('guides.write'), payload: upload },
      handler: formHandler({
        schema: versionSchema,
        fields: versionFields,
        show,
        act: async (request, h, { file: sent, note: said }) => {
          await guides.revise(readerOf(request).actor, idOf(request), { bytes: bytesOf(sent), note: said })
          return goTo(h, `/profiles/guides/${idOf(request)}`, 'said.guide-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/guides/{id}/versions/{number}',
      options: {
        ...needs('rollouts.read'),
        validate: {
          params: Joi.object({
            id: Joi.string().max(64).required(),
            number: Joi.number().integer().min(1).required(),
          }),
        },
      },
      handler: async (request, h) => {
        const { bytes } = await guides.file(
          readerOf(request).actor,
          idOf(request),
          Number(request.params['number']),
        )
        return h
          .response(Buffer.from(bytes))
          .type('application/pdf')
          .header('content-disposition', 'attachment; filename="guide.pdf"')
          .header('cache-control', 'private, no-store')
      },
    },
  ]
}

function versionRow(version: GuideVersion, coverage: Coverage, language: Language) {
  const say = sayIn(language)
  const reached = coverage.versions.find(({ number }) => number === version.number)
  return {
    text: say('profile.version', { number: version.number }),
    href: `/profiles/guides/${version.guideId}/versions/${version.number}`,
    size: say('guide.size', { count: Math.max(1, Math.round(version.size / 1024)) }),
    saved: say('profile.saved-by', {
      when: dayAndTime(version.savedAt, language),
      name: version.savedBy.name,
    }),
    note: version.note,
    coverage: reached
      ? say('guide.proven-on', { percent: reached.percent, count: reached.proven })
      : undefined,
  }
}
