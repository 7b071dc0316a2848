import { type IpadFacts } from '../../profiles/catalogue/availability.ts'
import { type Device } from '../devices/device.ts'

/** What of an iPad decides which profiles it takes; undefined before it has told of its system. */
export function ipadFactsOf({
  information,
  ownership,
}: Pick<Device, 'information' | 'ownership'>): IpadFacts | undefined {
  if (information?.osVersion === undefined) return undefined
  return {
    osVersion: information.osVersion,
    supervised: information.supervised ?? false,
    // A borrower's own iPad gets no more than what works where a person enrols their own.
    enrolment: ownership === 'personal' ? 'user' : 'device',
    sharedIpad: false,
  }
}
