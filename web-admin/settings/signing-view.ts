import { dayOf } from '../../server/calendar-day.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { type SigningStatus } from '../../server/signing/signing.ts'
import { type Badge } from '../badge.ts'
import { day, dayAndTime } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'

/** What profiles are signed with, in words, and what is wrong with the certificate that was uploaded. */
export function signingView(
  { signsWith, subject, issuer, expiresAt, uploaded, warning }: SigningStatus,
  language: Language,
) {
  const say = sayIn(language)
  return {
    text: say(uploaded?.expired ? 'signing.fallen-back' : `signing.with.${signsWith}`),
    badges: badges(warning, signsWith, say),
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    expires: day(dayOf(expiresAt), language),
    uploaded: uploaded && {
      by: say('profile.saved-by', { when: dayAndTime(uploaded.at, language), name: uploaded.by }),
      subject: nameOf(uploaded.subject),
      expires: day(dayOf(uploaded.expiresAt), language),
      fingerprint: uploaded.fingerprint,
    },
  }
}

/** A certificate's name as people say it: `Örnkoll profiles (Örnkoll)`; one without these parts as it is. */
function nameOf(name: string): string {
  const part = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(name)?.[1]
  const [common, organisation] = [part('CN'), part('O')]
  if (common === undefined) return organisation ?? name.replaceAll('\n', ', ')
  return organisation === undefined || organisation === common ? common : `${common} (${organisation})`
}

function badges(warning: number | undefined, signsWith: SigningStatus['signsWith'], say: Say): Badge[] {
  const own: Badge =
    signsWith === 'uploaded'
      ? { tone: 'done', icon: 'done', text: say('signing.uploaded') }
      : { tone: 'info', icon: 'info', text: say('signing.own') }
  if (warning === undefined) return [own]
  if (warning === 0) return [own, { tone: 'danger', icon: 'warning', text: say('push.expired') }]
  return [
    own,
    {
      tone: warning > 7 ? 'warning' : 'danger',
      icon: 'clock',
      text: say('signing.within', { count: warning }),
    },
  ]
}
