import { type Body } from '../../server/bodies/body.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day } from '../dates.ts'
import { sayIn } from '../language.ts'
import { type Column } from '../tables/columns.ts'

interface ListedBody {
  readonly body: Body
  /** Today. */
  readonly mandates: number
  readonly isOver: boolean
}

/** The columns of the list of committees, councils and companies. */
export function bodyColumns({
  language,
  mayWrite,
}: {
  readonly language: Language
  readonly mayWrite: boolean
}): Column<ListedBody>[] {
  const say = sayIn(language)
  const shownDay = (on: string | undefined) =>
    on === undefined ? undefined : { text: day(on, language), isUnbroken: true }
  return [
    {
      key: 'name',
      text: 'body.name',
      sort: 'name',
      show: ({ body, isOver }) => ({
        text: body.name,
        ...(mayWrite && { href: `/bodies/${body.id}` }),
        badges: isOver ? [{ text: say('body.ended'), tone: 'plain', icon: 'stopped' }] : [],
      }),
      file: ({ body }) => body.name,
    },
    {
      key: 'type',
      text: 'body.type',
      sort: 'type',
      show: ({ body }) => say(`body.type.${body.type}`),
      file: ({ body }) => say(`body.type.${body.type}`),
    },
    {
      key: 'costCentre',
      text: 'body.cost-centre',
      sort: 'costCentre',
      show: ({ body }) => ({ text: body.costCentre, isMono: true }),
      file: ({ body }) => body.costCentre,
    },
    {
      key: 'mandates',
      text: 'body.mandates',
      sort: 'mandates',
      isNumber: true,
      show: ({ mandates }) => String(mandates),
      file: ({ mandates }) => mandates,
    },
    {
      key: 'startsOn',
      text: 'body.starts',
      sort: 'startsOn',
      show: ({ body }) => shownDay(body.startsOn),
      file: ({ body }) => body.startsOn,
    },
    {
      key: 'endsOn',
      text: 'body.ends',
      sort: 'endsOn',
      show: ({ body }) => shownDay(body.endsOn),
      file: ({ body }) => body.endsOn,
    },
  ]
}
