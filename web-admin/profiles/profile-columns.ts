import { type Profile, type ProfileVersion } from '../../server/profiles/profile.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { dayAndTime, stamp } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'
import { approvalBadge, findingCounts } from './finding-view.ts'
import { contentsOf } from './version-view.ts'

export interface ListedProfile {
  readonly profile: Profile
  readonly newest: ProfileVersion
}

/** The columns of the list of profiles, each with its newest version. */
export function profileColumns(language: Language): Column<ListedProfile>[] {
  const say = sayIn(language)
  return [
    {
      key: 'name',
      text: 'profile.name',
      sort: 'name',
      show: ({ profile, newest }) => ({
        text: profile.name,
        href: `/profiles/${profile.id}`,
        note: contentsOf(newest, language),
      }),
      file: ({ profile }) => profile.name,
    },
    {
      key: 'contents',
      text: 'profile.contents',
      only: 'file',
      show: () => undefined,
      file: ({ newest }) => contentsOf(newest, language),
    },
    {
      key: 'number',
      text: 'profile.newest',
      sort: 'number',
      isNumber: true,
      show: ({ newest }) => String(newest.number),
      file: ({ newest }) => newest.number,
    },
    {
      key: 'state',
      text: 'device.state',
      sort: 'state',
      show: ({ newest }) => ({ badges: [approvalBadge(newest, say)] }),
      file: ({ newest }) => approvalBadge(newest, say).text,
    },
    {
      key: 'findings',
      text: 'profile.findings',
      show: ({ newest }) => ({ badges: findingCounts(newest.findings, say) }),
      file: ({ newest }) =>
        findingCounts(newest.findings, say)
          .map(({ text }) => text)
          .join(', '),
    },
    {
      key: 'saved',
      text: 'profile.saved',
      sort: 'saved',
      show: ({ newest }) => ({ text: dayAndTime(newest.savedAt, language), isUnbroken: true }),
      file: ({ newest }) => stamp(newest.savedAt),
    },
    {
      key: 'savedBy',
      text: 'profile.saver',
      sort: 'savedBy',
      isSpare: true,
      show: ({ newest }) => newest.savedBy.name,
      file: ({ newest }) => newest.savedBy.name,
    },
    {
      key: 'identifier',
      text: 'profile.identifier',
      isSpare: true,
      show: ({ profile }) => ({ text: profile.identifier, isMono: true }),
      file: ({ profile }) => profile.identifier,
    },
  ]
}
