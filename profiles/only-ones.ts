import { entryFor } from './catalogue/catalogue.ts'
import { isDictionary, isList, type PlistDictionary } from './plist/plist-value.ts'

/** Each profile that is locked has its own. */
const oneOfEachProfile = ['com.apple.profileRemovalPassword']

/** Types of the parts of which an iPad can have one alone, whichever profile brings it, once each. */
export function onlyOnesIn(profile: PlistDictionary): string[] {
  const content = profile['PayloadContent']
  const types = (isList(content) ? content.filter(isDictionary) : []).flatMap(payload => {
    const entry = entryFor(payload)
    return entry && !entry.several && !oneOfEachProfile.includes(entry.type) ? [entry.type] : []
  })
  return [...new Set(types)]
}
