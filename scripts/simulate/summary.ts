import { type Answer } from './answers/answer.ts'
import { type Answered } from './ipad-options.ts'

/** What a fleet has done, in lines for a terminal: one for each kind of command, with how it was answered. */
export function summaryOf(answers: readonly Pick<Answered, 'requestType' | 'status'>[]): string {
  const statuses: readonly Answer['status'][] = ['Acknowledged', 'NotNow', 'Error', 'CommandFormatError']
  const types = [...new Set(answers.map(({ requestType }) => requestType))].sort()
  if (types.length === 0) return 'No commands were answered.'
  const count = (type: string, status: string) =>
    answers.filter(answer => answer.requestType === type && answer.status === status).length
  const rows = types.map(type => [type, ...statuses.map(status => String(count(type, status)))])
  return table([['command', ...statuses], ...rows])
}

/** The rows as columns of even width, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map(row => (row[column] ?? '').length))
  return rows
    .map(row =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(width(column)) : cell.padStart(width(column))))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
