import { type AllocationKey } from '../../server/costs/allocation-key.ts'
import { day } from '../dates.ts'
import { type Reader } from '../reader.ts'
import { type Column } from '../tables/columns.ts'

interface KeyColumnsNeeds {
  /** Of the bodies, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly today: string
}

/** The columns of the list of allocation keys; only who may change them is led to one. */
export function keyColumns(
  { say, language, may }: Reader,
  { names, today }: KeyColumnsNeeds,
): Column<AllocationKey>[] {
  const over = { text: say('costs.over'), tone: 'plain', icon: 'stopped' } as const
  const isOver = ({ validTo }: AllocationKey) => validTo !== undefined && validTo < today
  const basis = (key: AllocationKey) => say(`key.basis.${key.basis}`)
  const detail = ({ shares = [], bodyTypes = [] }: AllocationKey) => {
    const whole = shares.reduce((sum, { parts }) => sum + parts, 0)
    const said = [
      ...shares.map(({ bodyId, parts }) => `${names.get(bodyId) ?? '–'} ${parts}/${whole}`),
      ...bodyTypes.map(type => say(`body.type.${type}`)),
    ]
    return said.length === 0 ? say('key.all-bodies') : said.join(', ')
  }
  const dayText = (on: string | undefined) =>
    on === undefined ? undefined : { text: day(on, language), isUnbroken: true }
  return [
    {
      key: 'name',
      text: 'key.name',
      sort: 'name',
      show: key => ({
        text: key.name,
        href: may('costs.write') ? `/costs/keys/${key.id}` : undefined,
        badges: isOver(key) ? [over] : [],
      }),
      file: ({ name }) => name,
    },
    { key: 'basis', text: 'key.basis', sort: 'basis', show: basis, file: basis },
    { key: 'detail', text: 'key.detail', show: detail, file: detail },
    {
      key: 'from',
      text: 'key.from',
      sort: 'from',
      show: ({ validFrom }) => dayText(validFrom),
      file: ({ validFrom }) => validFrom,
    },
    {
      key: 'to',
      text: 'key.to',
      sort: 'to',
      show: ({ validTo }) => dayText(validTo),
      file: ({ validTo }) => validTo,
    },
  ]
}
