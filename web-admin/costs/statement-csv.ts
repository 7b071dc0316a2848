import { type StatementView } from '../../server/costs/costs.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { csvOf } from '../csv.ts'
import { sayIn } from '../language.ts'
import { bearings } from './statement-view.ts'

/** The statement as a table: one row for each that bears something, one-off and annual in columns of their own. */
export function statementCsv(statement: StatementView, language: Language): string {
  const say = sayIn(language)
  return csvOf([
    [
      say('costs.year'),
      say('body.name'),
      say('body.cost-centre'),
      `${say('costs.one-off')} (SEK)`,
      `${say('costs.annual')} (SEK)`,
    ],
    ...bearings(statement, say).map(({ name, costCentre, oneOffOre, annualOre }) => [
      statement.year,
      name,
      costCentre,
      { ore: oneOffOre },
      { ore: annualOre },
    ]),
  ])
}

/** Every part of the statement, one row for each cost and the one that bears that part of it. */
export function partsCsv(statement: StatementView, language: Language): string {
  const say = sayIn(language)
  const nameOf = new Map(statement.keys.map(({ id, name }) => [id, name]))
  return csvOf([
    [
      say('costs.year'),
      say('body.name'),
      say('body.cost-centre'),
      say('costs.text'),
      say('costs.category'),
      say('costs.kind'),
      say('costs.key'),
      `${say('costs.amount')} (SEK)`,
    ],
    ...bearings(statement, say).flatMap(({ name, costCentre, parts }) =>
      parts.map(({ text, category, kind, keyId = '', amountOre }) => [
        statement.year,
        name,
        costCentre,
        text,
        say(`costs.category.${category}`),
        say(`costs.kind.${kind}`),
        nameOf.get(keyId) ?? '',
        { ore: amountOre },
      ]),
    ),
  ])
}
