import test from 'ava'
import { summaryOf } from '../../../scripts/simulate/summary.ts'

test('the summary counts answers by command and kind, in even columns', t => {
  const answers = [
    { requestType: 'DeviceLock', status: 'Acknowledged' },
    { requestType: 'DeviceLock', status: 'Error' },
    { requestType: 'EraseDevice', status: 'Acknowledged' },
    { requestType: 'DeviceLock', status: 'Acknowledged' },
  ] as const
  t.deepEqual(
    summaryOf(answers)
      .split('\n')
      .map(line => line.split(/\s+/)),
    [
      ['command', 'Acknowledged', 'NotNow', 'Error', 'CommandFormatError'],
      ['DeviceLock', '2', '0', '1', '0'],
      ['EraseDevice', '1', '0', '0', '0'],
    ],
  )
  t.is(
    new Set(
      summaryOf(answers)
        .split('\n')
        .map(line => line.length),
    ).size,
    1,
  )
  t.is(summaryOf([]), 'No commands were answered.')
})
