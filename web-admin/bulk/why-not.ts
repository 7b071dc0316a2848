import { lifecycles } from '../../server/devices/device.ts'
import { type Reason } from '../../server/reason.ts'
import { reasonWords } from '../form.ts'
import { type Say } from '../language.ts'

/** Why one of them is left alone, with the names of the states in the reader's language. */
export function whyNot(reason: Reason, say: Say): string {
  const { values = {} } = reason
  const named = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, lifecycleWord(String(value), say)]),
  )
  return reasonWords({ ...reason, ...(reason.values && { values: named }) }, say)
}

function lifecycleWord(value: string, say: Say): string {
  const known = lifecycles.find(one => one === value)
  return known ? say(`lifecycle.${known}`).toLocaleLowerCase('sv') : value
}
