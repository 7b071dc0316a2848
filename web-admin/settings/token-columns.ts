import { dayOf } from '../../server/calendar-day.ts'
import { commandLine, type Tokens } from '../../server/staff/tokens.ts'
import { type Badge } from '../badge.ts'
import { day, dayAndTime, stamp } from '../dates.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'
import { roleNames } from './role-choices.ts'
import { rightNames } from './scope-choices.ts'

export type ListedToken = Awaited<ReturnType<Tokens['list']>>[number]

/** The columns of the list of keys for programs, with a button that ends one. */
export function tokenColumns({ say, language }: Reader, now: Date): Column<ListedToken>[] {
  const over: Badge = { text: say('tokens.over'), tone: 'plain', icon: 'stopped' }
  /** Keys of the command line are nobody's. */
  const maker = ({ issuedBy }: ListedToken) =>
    issuedBy?.id === commandLine.id ? say('rights.command-line') : issuedBy?.name
  const isOver = ({ expiresAt }: ListedToken) => now >= expiresAt
  return [
    {
      key: 'name',
      text: 'tokens.column.name',
      sort: 'name',
      show: ({ name }) => name,
      file: ({ name }) => name,
    },
    {
      key: 'roles',
      text: 'tokens.column.roles',
      sort: 'roles',
      show: ({ roles, scopes }) => ({
        text: roleNames(roles, say),
        note: scopes && say('tokens.only', { rights: rightNames(scopes, say) }),
      }),
      file: ({ roles }) => roleNames(roles, say),
    },
    {
      key: 'scopes',
      text: 'tokens.column.scopes',
      only: 'file',
      show: () => undefined,
      file: ({ scopes }) => scopes && rightNames(scopes, say),
    },
    {
      key: 'made',
      text: 'tokens.made',
      sort: 'made',
      show: token => ({
        text: day(dayOf(token.createdAt), language),
        isUnbroken: true,
        note: maker(token),
      }),
      file: ({ createdAt }) => stamp(createdAt),
    },
    {
      key: 'maker',
      text: 'tokens.maker',
      only: 'file',
      show: () => undefined,
      file: maker,
    },
    {
      key: 'used',
      text: 'tokens.used',
      sort: 'used',
      show: ({ lastUsedAt }) =>
        lastUsedAt
          ? { text: dayAndTime(lastUsedAt, language), isUnbroken: true }
          : { text: say('tokens.unused'), isSoft: true },
      file: ({ lastUsedAt }) => lastUsedAt && stamp(lastUsedAt),
    },
    {
      key: 'expires',
      text: 'tokens.expires',
      sort: 'expires',
      show: token =>
        isOver(token)
          ? { badges: [over] }
          : { text: day(dayOf(token.expiresAt), language), isUnbroken: true },
      file: ({ expiresAt }) => dayOf(expiresAt),
    },
    {
      key: 'revoke',
      text: 'tokens.revoke',
      only: 'page',
      show: ({ id, name }) => ({
        deed: {
          action: `/settings/tokens/${id}/revoke`,
          text: say('tokens.revoke'),
          label: `${say('tokens.revoke')}: ${name}`,
          asks: say('tokens.revoke.text'),
        },
      }),
      file: () => undefined,
    },
  ]
}
