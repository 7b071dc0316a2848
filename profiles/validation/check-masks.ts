import { isDictionary, isList, type PlistValue } from '../plist/plist-value.ts'
import { mask } from '../secrets.ts'
import { type Place } from './finding.ts'
import { type Findings } from './findings.ts'

/**
 * Finds masks that were left in a file that was exported without its secrets. A password of bullets is as good a
 * password as any to an iPad, which would then never join.
 */
export function checkMasks(value: PlistValue, place: Place, findings: Findings): void {
  if (findings.isFull) return
  if (value === mask)
    findings.error('hidden-value', place, [
      'Här står punkter i stället för ett dolt värde. Skriv in det riktiga värdet.',
      'Dots stand here in place of a hidden value. Type the real value.',
    ])
  else if (isList(value))
    for (const [index, each] of value.entries()) checkMasks(each, inside(place, index), findings)
  else if (isDictionary(value))
    for (const [key, each] of Object.entries(value)) checkMasks(each, inside(place, key), findings)
}

/** The first step into the list of parts is the number of the part. */
function inside(place: Place, step: string | number): Place {
  const isPart = place.payload === undefined && place.path.length === 1 && place.path[0] === 'PayloadContent'
  if (isPart && typeof step === 'number') return { payload: step, path: [] }
  return { ...place, path: [...place.path, step] }
}
