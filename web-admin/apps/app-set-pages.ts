import { type Request, type ResponseToolkit, type ServerRoute } from '@hapi/hapi'
import { DomainError } from '../../server/domain-error.ts'
import { type AppSetContent } from '../../server/apps/app-set.ts'
import { type AppSets } from '../../server/apps/app-sets.ts'
import { type IpadApps, type IpadAppsReading } from '../../server/apps/ipad-apps.ts'
import { type StandingSet } from '../../server/apps/app-drift.ts'
import { type Labels } from '../../server/assignments/labels.ts'
import { type Audit } from '../../server/audit/audit.ts'
import { type Bodies } from '../../server/bodies/bodies.ts'
import { type Devices } from '../../server/devices/devices.ts'
import { idOf } from '../../server/http/asked.ts'
import { needs } from '../../server/http/credentials.ts'
import { type Actor } from '../../server/staff/actor.ts'
import { dayAndTime } from '../dates.ts'
import { formView, refusalErrors, type Fields, type FormError } from '../form.ts'
import { formHandler, pressHandler, statusOf, type Shown } from '../form-handler.ts'
import { goTo, showPage } from '../page.ts'
import { profileParts } from '../profiles/profile-parts.ts'
import { readerOf, type Typed } from '../reader.ts'
import { targetOf } from '../rollouts/whom.ts'
import { targetWords } from '../rollouts/rollout-view.ts'
import { deviceIdsOf } from '../rollouts/written-ipads.ts'
import { allPages } from '../tables/list-file.ts'
import { createShortList } from '../tables/short-list.ts'
import { appSetColumns, driftColumns } from './app-set-columns.ts'
import {
  appSetFields,
  furtherAppSetSchema,
  newAppSetSchema,
  writtenApps,
  writtenTarget,
  type TypedAppSet,
} from './app-set-form.ts'

interface AppSetPagesDeps {
  readonly appSets: AppSets
  readonly ipadApps: IpadAppsReading
  readonly bodies: Pick<Bodies, 'list'>
  readonly labels: Pick<Labels, 'list'>
  readonly devices: Pick<Devices, 'writtenAs' | 'many'>
  readonly audit: Audit
}

const pageSize = 200

/** Sets of managed apps: the list, one with its versions, and the iPads that differ from theirs. */
export function appSetPages({
  appSets,
  ipadApps,
  bodies,
  labels,
  devices,
  audit,
}: AppSetPagesDeps): ServerRoute[] {
  const bodyNames = async (actor: Actor) =>
    new Map((await bodies.list(actor)).map(({ id, name }) => [id, name] as const))
  const read = needs('rollouts.read')
  const write = needs('apps.install')

  const listed = createShortList<StandingSet>({
    name: 'app-sets',
    path: '/profiles/apps',
    title: 'app-sets.title',
    audit,
    columnsFor: async reader => appSetColumns(reader, await bodyNames(reader.actor)),
    rowsFor: ({ actor }) => appSets.list(actor),
    idOf: ({ set }) => set.id,
    options: read,
  })
  const drifted = createShortList<IpadApps>({
    name: 'app-drift',
    path: '/profiles/apps/drift',
    title: 'apps.drift.title',
    audit,
    columnsFor: driftColumns,
    rowsFor: ({ actor }) =>
      allPages(after => ipadApps.drifted(actor, { limit: pageSize, ...(after !== undefined && { after }) })),
    idOf: ({ deviceId }) => deviceId,
    options: read,
  })

  async function list(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    return showPage(request, h, 'apps/list', {
      title: say('app-sets.title'),
      parts: profileParts('/profiles/apps', say),
      list: await listed.view(request),
      mayWrite: may('apps.install'),
    })
  }

  async function drift(request: Request, h: ResponseToolkit) {
    const { say, may } = readerOf(request)
    return showPage(request, h, 'apps/drift', {
      title: say('apps.drift.title'),
      mayPutRight: may('apps.install') && may('devices.bulk'),
      list: await drifted.view(request),
    })
  }

  async function fieldsFor(request: Request): Promise<Fields> {
    const { actor, say } = readerOf(request)
    return appSetFields(
      {
        bodies: (await bodies.list(actor)).map(({ id, name }) => ({ value: id, text: name })),
        labels: (await labels.list(actor)).map(({ label }) => ({ value: label, text: label })),
      },
      say,
    )
  }

  async function showNew(
    request: Request,
    h: ResponseToolkit,
    shown: Shown = { typed: { whom: 'organisation' } },
  ) {
    const { say } = readerOf(request)
    return showPage(request, h, 'apps/new', {
      title: say('app-sets.add'),
      form: formView(await fieldsFor(request), shown.typed, say, shown.errors),
      status: statusOf(shown),
    })
  }

  async function show(
    request: Request,
    h: ResponseToolkit,
    shown?: Shown,
    errors: readonly FormError[] = shown?.errors ?? [],
  ) {
    const { actor, say, language, may } = readerOf(request)
    const { set, versions } = await appSets.get(actor, idOf(request))
    const names = await bodyNames(actor)
    const [newest] = versions
    const named = newest?.target.kind === 'devices' ? await devices.many(actor, newest.target.deviceIds) : []
    const held = newest && {
      apps: writtenApps(newest.apps),
      ...writtenTarget(
        newest.target,
        named.map(({ assetTag }) => assetTag),
      ),
    }
    return showPage(request, h, 'apps/show', {
      title: set.name,
      path: `/profiles/apps/${set.id}`,
      sub: newest && targetWords(newest.target, names, say),
      apps: newest?.apps,
      ended: set.endedAt && say('app-set.ended.at', { when: dayAndTime(set.endedAt, language) }),
      versions: versions.map(({ number, apps, target, savedAt, savedBy, note }) => ({
        text: say('profile.version', { number }),
        apps: apps.map(({ name }) => name).join(', '),
        whom: targetWords(target, names, say),
        saved: say('profile.saved-by', { when: dayAndTime(savedAt, language), name: savedBy.name }),
        note,
      })),
      mayWrite: may('apps.install') && !set.endedAt,
      isRevising: shown !== undefined,
      basedOn: shown?.typed['basedOn'] ?? set.latest,
      form: formView(await fieldsFor(request), shown?.typed ?? { ...held }, say, errors),
      status: statusOf({ typed: {}, errors }),
    })
  }

  async function contentOf(actor: Actor, typed: TypedAppSet): Promise<AppSetContent & { note?: string }> {
    const tags = typed.whom === 'devices' ? typed.tags : []
    return {
      apps: typed.apps,
      target: targetOf(typed, await deviceIdsOf(devices, actor, { tags, path: 'tags' })),
      ...(typed.note !== undefined && { note: typed.note }),
    }
  }

  return [
    { method: 'GET', path: '/profiles/apps', options: read, handler: list },
    ...listed.files,
    { method: 'GET', path: '/profiles/apps/drift', options: read, handler: drift },
    ...drifted.files,
    {
      method: 'GET',
      path: '/profiles/apps/new',
      options: write,
      handler: (request, h) => showNew(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/apps/new',
      options: write,
      handler: formHandler<TypedAppSet>({
        schema: newAppSetSchema,
        fields: say => appSetFields({ bodies: [], labels: [] }, say),
        show: showNew,
        act: async (request, h, typed) => {
          const { actor } = readerOf(request)
          const { set } = await appSets.create(actor, {
            name: typed.name,
            ...(await contentOf(actor, typed)),
          })
          return goTo(h, `/profiles/apps/${set.id}`, 'said.app-set-saved')
        },
      }),
    },
    {
      method: 'GET',
      path: '/profiles/apps/{id}',
      options: read,
      handler: (request, h) => show(request, h),
    },
    {
      method: 'POST',
      path: '/profiles/apps/{id}',
      options: write,
      handler: formHandler<TypedAppSet>({
        schema: furtherAppSetSchema,
        fields: say => appSetFields({ bodies: [], labels: [] }, say),
        show,
        act: async (request, h, { basedOn = 0, ...typed }) => {
          const { actor } = readerOf(request)
          try {
            await appSets.revise(actor, idOf(request), { basedOn, ...(await contentOf(actor, typed)) })
          } catch (thrown) {
            if (!(thrown instanceof DomainError) || thrown.code !== 'stale') throw thrown
            // The page shows what a colleague saved; the next press goes on from there.
            const mine = { ...(request.payload as Typed), basedOn: undefined }
            return show(request, h, { typed: mine, errors: refusalErrors(thrown, readerOf(request).say) })
          }
          return goTo(h, `/profiles/apps/${idOf(request)}`, 'said.app-set-saved')
        },
      }),
    },
    {
      method: 'POST',
      path: '/profiles/apps/{id}/end',
      options: write,
      handler: pressHandler({
        // Not a revision: its form stays shut.
        show: (request, h, { errors = [] }) => show(request, h, undefined, errors),
        act: async (request, h) => {
          await appSets.end(readerOf(request).actor, idOf(request))
          return goTo(h, `/profiles/apps/${idOf(request)}`, 'said.app-set-ended')
        },
      }),
    },
  ]
}
