import { isDrift, type StandingSet } from '../../server/apps/app-drift.ts'
import { type IpadApps } from '../../server/apps/ipad-apps.ts'
import { type Device } from '../../server/devices/device.ts'
import { dayAndTime } from '../dates.ts'
import { tagColumn, toldColumn } from '../devices/ipad-list-columns.ts'
import { type Reader } from '../reader.ts'
import { targetWords } from '../rollouts/rollout-view.ts'
import { type Column } from '../tables/columns.ts'

/** The columns of the list of app sets. */
export function appSetColumns(
  { say }: Pick<Reader, 'say'>,
  bodyNames: ReadonlyMap<string, string>,
): Column<StandingSet>[] {
  const whom = ({ newest }: StandingSet) => targetWords(newest.target, bodyNames, say)
  return [
    {
      key: 'name',
      text: 'profile.name',
      sort: 'name',
      show: ({ set }) => ({
        text: set.name,
        href: `/profiles/apps/${set.id}`,
        badges: set.endedAt ? [{ text: say('app-set.ended'), tone: 'plain', icon: 'stopped' }] : [],
      }),
      file: ({ set }) => set.name,
    },
    { key: 'whom', text: 'new-rollout.whom', sort: 'whom', show: whom, file: whom },
    {
      key: 'apps',
      text: 'app-set.apps',
      isNumber: true,
      sort: 'apps',
      show: ({ newest }) => String(newest.apps.length),
      file: ({ newest }) => newest.apps.length,
    },
    {
      key: 'version',
      text: 'profile.newest',
      sort: 'version',
      show: ({ set }) => ({ text: say('profile.version', { number: set.latest }), isUnbroken: true }),
      file: ({ set }) => set.latest,
    },
  ]
}

/** The columns of the list of iPads whose apps differ from their sets. */
export function driftColumns({ language }: Pick<Reader, 'language'>): Column<IpadApps>[] {
  const missing = ({ drift }: IpadApps) => drift?.missing.map(({ name }) => name).join(', ') ?? ''
  const extra = ({ drift }: IpadApps) => drift?.extra.join(', ') ?? ''
  return [
    tagColumn('apps'),
    {
      key: 'missing',
      text: 'apps.missing',
      sort: 'missing',
      show: row => missing(row) || undefined,
      file: missing,
    },
    { key: 'extra', text: 'apps.extra', sort: 'extra', show: row => extra(row) || undefined, file: extra },
    toldColumn(language),
  ]
}

/** What the page of one iPad says of its apps, `installed` as it names them; nothing where no set reaches it. */
export function ipadAppsView(
  { wanted, drift, reportedAt }: IpadApps,
  { information, management }: Pick<Device, 'information' | 'management'>,
  { say, language, may }: Reader,
) {
  if (!wanted) return undefined
  const installed = information?.apps ?? []
  return {
    of: say('apps.wanted', { count: wanted.length }),
    told: reportedAt && say('apps.told', { when: dayAndTime(reportedAt, language) }),
    isTold: drift !== undefined,
    isRight: drift !== undefined && !isDrift(drift) && drift.coming.length === 0,
    missing: drift?.missing.map(({ name, identifier, why }) => ({
      name,
      identifier,
      why: say(`apps.why.${why}`),
    })),
    coming: drift?.coming.map(({ name, identifier }) => ({ name, identifier })),
    extra: drift?.extra.map(identifier => ({
      identifier,
      name: installed.find(app => app.identifier === identifier)?.name,
    })),
    mayInstall: may('apps.install') && management === 'enrolled',
  }
}
