import { type Request, type ResponseObject, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { partsOf, readPart, readProfile, withParts } from '../../../profiles/editor/parts.ts'
import { type FieldFault, type SentFields } from '../../../profiles/editor/read-fields.ts'
import { type PlistDictionary } from '../../../profiles/plist/plist-value.ts'
import { DomainError } from '../../../server/domain-error.ts'
import { idOf } from '../../../server/http/asked.ts'
import { needs } from '../../../server/http/credentials.ts'
import { type Written } from '../../../server/profiles/draft-writing.ts'
import { type Drafts, type OpenDraft } from '../../../server/profiles/drafts.ts'
import { moments } from '../../../server/profiles/moments.ts'
import { refusalErrors } from '../../form.ts'
import { goTo, showPage } from '../../page.ts'
import { readerOf, textOf, type Typed } from '../../reader.ts'
import { changedWords, draftPath } from './draft-view.ts'
import { partForm, profileForm } from './part-view.ts'
import { placeAfter, placeOf, rowDeedOf } from './places.ts'
import { sentFields } from './sent-fields.ts'
import { changedSince } from './untouched.ts'
import { variableRows } from './variable-view.ts'

interface PartPagesDeps {
  readonly drafts: Pick<Drafts, 'open' | 'example' | 'writePart' | 'writeProfile' | 'removePart'>
}

/** Room for fonts and certificates, and for every field of the largest form. */
const upload = { multipart: { output: 'annotated' }, maxBytes: 8 * 1024 * 1024, maxParts: 20_000 } as const

interface Shown {
  readonly faults: readonly FieldFault[]
  readonly errors: readonly { readonly message: string }[]
  /** What was typed while somebody else saved: it is shown, and is not saved. */
  readonly unsaved?: Typed
}

const nothing: Shown = { faults: [], errors: [] }

/** The forms of a draft: one for the profile itself, one for each part. */
export function partPages({ drafts }: PartPagesDeps): ServerRoute[] {
  const options = needs('profiles.write')
  const one = '/profiles/drafts/{draft}'
  const indexOf = (request: Request) => Number(request.params['index'])

  async function showForm(
    request: Request,
    h: ResponseToolkit,
    open: OpenDraft,
    {
      form,
      shown,
      ...more
    }: { readonly form: object; readonly shown: Shown; readonly [name: string]: unknown },
  ) {
    const { actor, language, say } = readerOf(request)
    const { draft } = open
    const errors = [
      ...shown.errors,
      ...(shown.faults.length > 0 ? [{ message: say('editor.faults', { count: shown.faults.length }) }] : []),
    ]
    return showPage(request, h, 'profiles/part', {
      title: '',
      ...form,
      ...more,
      back: draftPath(draft),
      backText: draft.name,
      version: draft.version,
      path: draftPath(draft),
      form: { errors },
      conflict: shown.unsaved && say('editor.conflict', { who: changedWords(draft, language) }),
      variables: variableRows(await drafts.example(actor), language),
      status: shown.unsaved ? 409 : errors.length > 0 ? 422 : 200,
    })
  }

  async function showPart(request: Request, h: ResponseToolkit, shown = nothing): Promise<ResponseObject> {
    const { actor, language } = readerOf(request)
    const open = await drafts.open(actor, idOf(request, 'draft'))
    const index = indexOf(request)
    const there = partsOf(open.profile)[index]
    if (there === undefined || isAnother(there, shown.unsaved)) {
      if (shown.unsaved) return goTo(h, draftPath(open.draft), 'said.draft-part-gone')
      throw new DomainError('not-found', 'part-unknown', 'The profile has no such part.')
    }
    const part = shown.unsaved ? readPart(there, changedOf(shown.unsaved), moments).dictionary : there
    const profile = withParts(open.profile, partsOf(open.profile).with(index, part))
    const isNew = request.query['new'] !== undefined && request.method === 'get'
    const { findings, ipads } = open
    const form = partForm({ part, saved: there }, index, {
      profile,
      findings,
      ipads,
      faults: shown.faults,
      language,
      isNew,
    })
    return showForm(request, h, open, {
      form,
      shown,
      uuid: textOf(part['PayloadUUID']),
      index,
      isPart: true,
      action: `${draftPath(open.draft)}/parts/${index}`,
    })
  }

  async function showProfile(request: Request, h: ResponseToolkit, shown = nothing): Promise<ResponseObject> {
    const { actor, language, say } = readerOf(request)
    const open = await drafts.open(actor, idOf(request, 'draft'))
    const profile = shown.unsaved
      ? readProfile(open.profile, changedOf(shown.unsaved), moments).dictionary
      : open.profile
    const { findings, ipads, draft } = open
    const ground = { profile, findings, ipads, faults: shown.faults, language, isNew: false }
    const { first, more, marks } = profileForm(ground, {
      isInUse: draft.of !== undefined,
      saved: open.profile,
    })
    const form = {
      title: say('editor.profile'),
      help: say('editor.profile.help'),
      first,
      marks,
      more: [{ title: say('editor.more'), count: say('editor.count', { count: more.length }), fields: more }],
    }
    return showForm(request, h, open, { form, shown, action: `${draftPath(draft)}/profile` })
  }

  /** The place on the page of the first error that is left in what it shows; undefined when there is none. */
  function firstWrong(request: Request, { findings }: OpenDraft): string | undefined {
    const payload = request.params['index'] === undefined ? undefined : indexOf(request)
    const wrong = findings.find(({ severity, place }) => severity === 'error' && place.payload === payload)
    return wrong && placeOf(wrong.place.path)
  }

  /** Writes what was sent, and shows the form again with what stands in the way. */
  async function write(
    request: Request,
    h: ResponseToolkit,
    {
      show,
      act,
    }: {
      readonly show: (request: Request, h: ResponseToolkit, shown?: Shown) => Promise<ResponseObject>
      readonly act: (typed: Typed, version: number) => Promise<Written>
    },
  ): Promise<ResponseObject> {
    const { say } = readerOf(request)
    const typed = request.payload as Typed
    try {
      const { draft, faults } = await act(typed, Number(textOf(typed['version'])))
      if (faults.length > 0) return await show(request, h, { faults, errors: [] })
      const deed = textOf(typed['do'])
      if (deed === 'back') return goTo(h, draftPath(draft), 'said.draft-saved')
      const row = rowDeedOf(deed)
      const open = await drafts.open(readerOf(request).actor, draft.id)
      if (row) return goTo(h, `${request.path}${placeAfter(row, partsOf(open.profile)[indexOf(request)])}`)
      const wrong = firstWrong(request, open)
      return wrong
        ? goTo(h, `${request.path}${wrong}`, 'said.draft-saved-wrong')
        : goTo(h, request.path, 'said.draft-saved')
    } catch (thrown) {
      if (thrown instanceof DomainError && thrown.code === 'draft-stale')
        return show(request, h, { faults: [], errors: [], unsaved: typed })
      return show(request, h, { faults: [], errors: refusalErrors(thrown, say) })
    }
  }

  return [
    { method: 'GET', path: `${one}/parts/{index}`, options, handler: (request, h) => showPart(request, h) },
    { method: 'GET', path: `${one}/profile`, options, handler: (request, h) => showProfile(request, h) },
    {
      method: 'POST',
      path: `${one}/parts/{index}`,
      options: { ...options, payload: upload },
      handler: (request, h) =>
        write(request, h, {
          show: showPart,
          act: (typed, version) =>
            drafts.writePart(readerOf(request).actor, idOf(request, 'draft'), {
              version,
              index: indexOf(request),
              sent: sentFields(typed),
              row: rowDeedOf(textOf(typed['do'])),
            }),
        }),
    },
    {
      method: 'POST',
      path: `${one}/profile`,
      options: { ...options, payload: upload },
      handler: (request, h) =>
        write(request, h, {
          show: showProfile,
          act: (typed, version) =>
            drafts.writeProfile(readerOf(request).actor, idOf(request, 'draft'), {
              version,
              sent: sentFields(typed),
            }),
        }),
    },
    {
      method: 'POST',
      path: `${one}/parts/{index}/remove`,
      options,
      handler: async (request, h) => {
        const { actor } = readerOf(request)
        const typed = request.payload as Typed
        try {
          const version = Number(textOf(typed['version']))
          await drafts.removePart(actor, idOf(request, 'draft'), { version, index: indexOf(request) })
          return goTo(h, `/profiles/drafts/${idOf(request, 'draft')}`, 'said.draft-part-removed')
        } catch (thrown) {
          return showPart(request, h, { faults: [], errors: refusalErrors(thrown, readerOf(request).say) })
        }
      },
    },
  ]
}

const changedOf = (unsaved: Typed): SentFields => changedSince(sentFields(unsaved), unsaved['shown'])

/** Whether the part at this place is another one than the form was made for. */
const isAnother = (part: PlistDictionary, unsaved: Typed | undefined): boolean =>
  unsaved !== undefined && textOf(unsaved['part']) !== textOf(part['PayloadUUID'])
