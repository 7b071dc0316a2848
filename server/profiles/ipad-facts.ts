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
  return factsOf({ osVersion, supervised, ownership })
}

/**
 * The same as far as it is known: where the iPad has not told whether it is supervised it is taken to be, which
 * `isSupervised` tells apart. Undefined before it has told of its system.
 */
export function factsSoFar({
  information,
  ownership,
}: Pick<Device, 'information' | 'ownership'>):
  { readonly facts: IpadFacts; readonly isSupervised: boolean | undefined } | undefined {
  const { osVersion, supervised } = information ?? {}
  if (osVersion === undefined) return undefined
  // Nobody supervises what a borrower owns.
  const isSupervised = supervised ?? (ownership === 'personal' ? false : undefined)
  return { facts: factsOf({ osVersion, supervised: isSupervised ?? true, ownership }), isSupervised }
}

function factsOf({
  osVersion,
  supervised,
  ownership,
}: Pick<IpadFacts, 'osVersion' | 'supervised'> & Pick<Device, 'ownership'>): IpadFacts {
  return {
    osVersion,
    supervised,
    // A borrower's own iPad gets no more than what works where a person enrols their own.
    enrolment: ownership === 'personal' ? 'user' : 'device',
    sharedIpad: false,
  }
}
