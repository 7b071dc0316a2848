import { writableText } from '../../profiles/plist/write-plist.ts'
import { firstSettings, type OrganisationSettings } from '../organisations/organisation.ts'
import { type LostModeWords } from './incident.ts'

/**
 * What a locked iPad shows: what the reporter wrote, else what the organisation has decided. Apple refuses lost mode
 * without message and phone number (EnableLostMode), and a missing setting must not keep a stolen iPad open, so the
 * product's own message is the last resort.
 */
export function lostModeWords(
  given: LostModeWords,
  settings: Pick<OrganisationSettings, 'lostModeMessage' | 'lostModePhone'>,
): LostModeWords {
  const message = [given.message, settings.lostModeMessage].map(text => text?.trim()).find(Boolean)
  const phone = [given.phone, settings.lostModePhone].map(text => text?.trim()).find(Boolean)
  if (!message && !phone) return { message: firstSettings.lostModeMessage }
  return { ...(message && { message }), ...(phone && { phone }) }
}

/** The parameters of Apple's EnableLostMode: a character that cannot be sent must not keep a stolen iPad open. */
export function enableLostMode({ message, phone }: LostModeWords): Record<string, string> {
  return {
    ...(message && { Message: writableText(message) }),
    ...(phone && { PhoneNumber: writableText(phone) }),
  }
}
