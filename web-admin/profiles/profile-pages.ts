import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import Joi from 'joi'
import { dayOf } from '../../server/calendar-day.ts'
import { type Audit } from '../../server/audit/audit.ts'
import { type Labels } from '../../server/assignments/labels.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { mandateRoles } from '../../server/mandates/mandate.ts'
import { type Rollouts } from '../../server/rollouts/rollouts.ts'
import { type Policies } from '../../server/policies/policies.ts'
import { isWriter } from '../../server/profiles/profile.ts'
import { type Drafts } from '../../server/profiles/drafts.ts'
import { type Profiles, type TakingOut } from '../../server/profiles/profiles.ts'
import { answerableId } from '../../server/staff/actor.ts'
import { day } from '../dates.ts'
import { formView, type Fields } from '../form.ts'
import { formHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { readerOf, textOf } from '../reader.ts'
import { createShortList } from '../tables/short-list.ts'
import { differenceRows } from './difference-view.ts'
import { draftRow } from './editor/draft-view.ts'
import { whereItIs } from '../rollouts/where-it-is.ts'
import { profileColumns, type ListedProfile } from './profile-columns.ts'
import { profileParts } from './profile-parts.ts'
import { nameFields, shelfPages } from './shelf-pages.ts'
import { trialPages } from './trial-pages.ts'
import { contentsOf, versionRow, versionView } from './version-view.ts'

interface ProfilePagesDeps {
  readonly profiles: Pick<
    Profiles,
    | 'list'
    | 'get'
    | 'read'
    | 'takeOut'
    | 'compare'
    | 'approve'
    | 'isOwnAccount'
    | 'rename'
    | 'retire'
    | 'bringBack'
  >
  readonly drafts: Pick<Drafts, 'list'>
  readonly policies: Pick<Policies, 'inForce'>
  readonly bodies: Pick<Bodies, 'list' | 'get'>
  readonly labels: Pick<Labels, 'list'>
  readonly rollouts: Pick<Rollouts, 'where' | 'tryOut'>
  readonly audit: Audit
}

const revealFields = {
  reason: { label: 'profile.reveal.reason', hint: 'profile.reveal.hint' },
  signed: { label: 'profile.reveal.signed', type: 'checkbox' },
} as const satisfies Fields

const one = '/profiles/{id}/versions/{number}'
const params = Joi.object({
  id: Joi.string().max(64).required(),
  number: Joi.number().integer().min(1).required(),
})

/** Configuration profiles: the list, a version in words, its file, what differs, approval. */
export function profilePages({
  profiles,
  drafts,
  policies,
  bodies,
  labels,
  rollouts,
  audit,
}: ProfilePagesDeps): ServerRoute[] {
  const numberOf = (request: Request) => Number(request.params['number'])

  const listed = createShortList<ListedProfile>({
    name: 'profiles',
    path: '/profiles',
    title: 'profiles.title',
    audit,
    columnsFor: ({ language }) => profileColumns(language),
    rowsFor: ({ actor }) => profiles.list(actor),
    idOf: ({ profile }) => profile.id,
    options: needs('profiles.read'),
  })

  async function list(request: Request, h: ResponseToolkit) {
    const { actor, say, language, may } = readerOf(request)
    return showPage(request, h, 'profiles/list', {
      title: say('profiles.title'),
      parts: profileParts('/profiles', say),
      list: await listed.view(request),
      retired: (await profiles.list(actor, { retired: true })).map(({ profile, newest }) => ({
        href: `/profiles/${profile.id}`,
        name: profile.name,
        of: contentsOf(newest, language),
        ...(profile.retired && { at: day(dayOf(profile.retired.at), language), by: profile.retired.by.name }),
      })),
      drafts: may('profiles.write') ? (await drafts.list(actor)).map(draft => draftRow(draft, language)) : [],
      mayWrite: may('profiles.write'),
    })
  }

  async function show(request: Request, h: ResponseToolkit, number?: number, shown: Shown = { typed: {} }) {
    const { actor, say, language, may } = readerOf(request)
    const { profile, versions } = await profiles.get(actor, idOf(request))
    const read = await profiles.read(actor, profile.id, number ?? profile.latest)
    const { version } = read
    const inForce = await policies.inForce(actor)
    const isOwn = isWriter(version, answerableId(actor))
    const isOffered = profile.retired === undefined
    const mayDecide = may('profiles.approve') && version.approval === undefined && isOffered
    const path = `/profiles/${profile.id}/versions/${version.number}`
    return showPage(request, h, 'profiles/show', {
      title: profile.name,
      identifier: profile.identifier,
      where: await whereItIs(rollouts, readerOf(request), profile),
      path,
      fileHref: `/profiles/${profile.id}/file`,
      editHref: `/profiles/${profile.id}/edit`,
      shownNumber: version.number,
      ...versionView(read, language),
      versions: versions.map(each => versionRow(each, { shown: version.number, language })),
      earlier: versions.filter(each => each.number < version.number).map(each => each.number),
      bodies: (await bodies.list(actor)).map(({ id, name }) => ({ id, name })),
      roles: mandateRoles.map(role => ({ role, text: say(`mandate.role.${role}`) })),
      labels: (await labels.list(actor)).map(({ label }) => label),
      mayWrite: may('profiles.write') && isOffered,
      shelf: may('profiles.write') && { isOffered, action: `/profiles/${profile.id}` },
      retired:
        profile.retired &&
        say('profile.retired.by', {
          when: day(dayOf(profile.retired.at), language),
          name: profile.retired.by.name,
        }),
      mayReveal: may('profiles.reveal') && version.hasSecrets,
      approving: mayDecide && {
        isOwn,
        isOwnAccount: !isOwn && (await profiles.isOwnAccount(actor, version)),
        policies: (inForce ? [inForce] : []).map(each => ({
          id: each.id,
          text: say('profile.approve.under', { number: each.number, title: each.title }),
        })),
      },
      isRevealing: shown.typed['reason'] !== undefined,
      isNaming: shown.typed['name'] !== undefined,
      form: formView(
        { ...revealFields, ...nameFields },
        { name: profile.name, ...shown.typed },
        say,
        shown.errors,
      ),
      status: statusOf(shown),
    })
  }

  const showOne = (request: Request, h: ResponseToolkit, shown?: Shown) =>
    show(request, h, numberOf(request), shown)

  async function compare(request: Request, h: ResponseToolkit) {
    const { actor, say, language } = readerOf(request)
    const { profile } = await profiles.get(actor, idOf(request))
    const to = numberOf(request)
    const from = Number(textOf(request.query['from'])) || Math.max(1, to - 1)
    const found = await profiles.compare(actor, profile.id, from, to)
    return showPage(request, h, 'profiles/compare', {
      title: say('profile.compare.title', { from, to }),
      name: profile.name,
      back: `/profiles/${profile.id}/versions/${to}`,
      from: say('profile.version', { number: from }),
      to: say('profile.version', { number: to }),
      rows: differenceRows(found, language),
    })
  }

  async function file(request: Request, h: ResponseToolkit, taking: TakingOut) {
    const { actor } = readerOf(request)
    const { bytes, fileName } = await profiles.takeOut(actor, idOf(request), numberOf(request), taking)
    return h
      .response(Buffer.from(bytes))
      .type('application/x-apple-aspen-config')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('cache-control', 'private, no-store')
  }

  const read = { ...needs('profiles.read'), validate: { params } }
  return [
    ...trialPages({ profiles, bodies, rollouts }),
    ...shelfPages({ profiles, show: (request, h, shown) => show(request, h, undefined, shown) }),
    { method: 'GET', path: '/profiles', options: needs('profiles.read'), handler: list },
    ...listed.files,
    {
      method: 'GET',
      path: '/profiles/{id}',
      options: needs('profiles.read'),
      handler: (request, h) => show(request, h),
    },
    { method: 'GET', path: one, options: read, handler: (request, h) => showOne(request, h) },
    { method: 'GET', path: `${one}/compare`, options: read, handler: compare },
    {
      method: 'GET',
      path: `${one}/profile`,
      options: read,
      handler: (request, h) => file(request, h, signedBy(request.query)),
    },
    {
      method: 'POST',
      path: `${one}/reveal`,
      options: { ...needs('profiles.reveal'), validate: { params } },
      handler: formHandler({
        schema: Joi.object<{ reason: string; signed: string }>({
          reason: Joi.string().trim().min(5).max(500).required(),
          signed: Joi.string().allow(''),
        }),
        fields: revealFields,
        show: showOne,
        act: (request, h, typed) => file(request, h, { reason: typed.reason, ...signedBy(typed) }),
      }),
    },
    {
      method: 'POST',
      path: `${one}/approve`,
      options: { ...needs('profiles.approve'), validate: { params } },
      handler: formHandler({
        schema: Joi.object<{ policyId: string }>({ policyId: Joi.string().max(64).required() }),
        fields: { policyId: { label: 'profile.approve.policy' } },
        show: (request, h, shown) => showOne(request, h, { typed: {}, errors: shown.errors ?? [] }),
        act: async (request, h, { policyId }) => {
          const [id, number] = [idOf(request), numberOf(request)]
          await profiles.approve(readerOf(request).actor, id, number, policyId)
          return goTo(h, `/profiles/${id}/versions/${number}`, 'said.profile-approved')
        },
      }),
    },
  ]
}

/** Whether a signed file was asked for, by an address or a checkbox. */
const signedBy = (asked: Readonly<Record<string, unknown>>): TakingOut => ({
  signed: textOf(asked['signed']) !== '',
})
