import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { type Device } from '../devices/device.ts'

/**
 * What of an iPad decides which profiles it takes; undefined before it has told of its system and whether it is
 * supervised. Its version comes with the enrolment, the other only when it is asked.
 */
export function ipadFactsOf({
  information,
  ownership,
}: Pick<Device, 'information' | 'ownership'>): IpadFacts | undefined {
  const { osVersion, supervised } = information ?? {}
  if (osVersion === undefined || supervised === undefined) return undefined
  return {
    osVersion,
    supervised,
    // A borrower's own iPad gets no more than what works where a person enrols their own.
    enrolment: ownership === 'personal' ? 'user' : 'device',
    sharedIpad: false,
  }
}
