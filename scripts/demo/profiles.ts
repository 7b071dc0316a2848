import { canonicalProfile } from '../../profiles/canonical-profile.ts'
import { catalogue } from '../../profiles/catalogue/catalogue.ts'
import { partsOf, withParts } from '../../profiles/editor/parts.ts'
import { type PlistDictionary } from '../../profiles/plist/plist-value.ts'
import { type Template } from '../../profiles/templates/template.ts'
import { type Ornkoll } from '../../server/compose.ts'
import { type Registers } from './fill-registers.ts'
import { type PastClock } from './past.ts'
import { demoPolicy } from './security-policy.ts'

/** Profiles of the demo, approved by another person than the one who wrote them. */
export interface DemoProfiles {
  readonly standardId: string
  readonly meetingRoomId: string
  /** Today: the second version of the standard profile, after which it goes out by itself. */
  readonly reviseStandard: () => Promise<void>
}

interface DemoDays {
  readonly clock: PastClock
  readonly now: Date
}

const dayMs = 86_400_000

const facts = {
  organisationName: 'Ekvalla kommun',
  domainReversed: 'example.ekvalla',
  mailServer: 'outlook.ekvalla.example',
  mailDomains: ['ekvalla.example'],
  apps: ['se.example.handlingar', 'com.microsoft.Office.Outlook', 'com.apple.Maps'],
  helpUrl: 'https://ekvalla.example/ipad',
  returnTo: 'Tillhör Ekvalla kommun. Lämnas i stadshusets reception, 08-465 004 00.',
} as const

/** The security policy, profiles from templates that are approved under it, and one that somebody is writing on. */
export async function writeProfiles(
  { policies, profiles, drafts }: Ornkoll,
  { staff }: Registers,
  { clock, now }: DemoDays,
): Promise<DemoProfiles> {
  const writer = staff['second-line']
  const ago = (days: number) => new Date(now.getTime() - days * dayMs)
  const policy = await clock.at(ago(24), () => policies.write(writer, demoPolicy()))
  await clock.at(ago(23), () => policies.approve(staff.admin, policy.id))

  async function fromTemplate(template: Template['id'], name: string, days: number): Promise<string> {
    const content = { from: 'template', template, facts } as const
    const { profile } = await clock.at(ago(days), () =>
      profiles.create(writer, { name, content, note: 'Från mallen' }),
    )
    await clock.at(ago(days - 1), () => profiles.approve(staff.admin, profile.id, 1, policy.id))
    return profile.id
  }
  const standardId = await fromTemplate('standard', 'Standardprofil', 22)
  const meetingRoomId = await fromTemplate('meeting-room', 'iPad i mötesrum', 20)
  await fromTemplate('byod', 'Egen iPad', 18)

  const begun = await drafts.begin(writer, {
    name: 'Wi-Fi i stadshuset',
    identifier: 'example.ekvalla.ipad.wifi',
  })
  const entry = catalogue.findIndex(({ type }) => type === 'com.apple.wifi.managed')
  await drafts.addPart(writer, begun.id, { version: begun.version, entry, language: 'sv' })

  return {
    standardId,
    meetingRoomId,
    async reviseStandard() {
      const { id } = await drafts.edit(writer, standardId)
      const { draft, profile } = await drafts.open(writer, id)
      const xml = Buffer.from(canonicalProfile(withLongerPasscode(profile))).toString('utf8')
      const written = await drafts.writeXml(writer, id, { version: draft.version, xml })
      const note = 'Åtta tecken i lösenkoden, och iPaden låses efter tre minuter'
      const { number } = await drafts.save(writer, id, { version: written.draft.version, note })
      await profiles.approve(staff.admin, standardId, number, policy.id)
    },
  }
}

function withLongerPasscode(profile: PlistDictionary): PlistDictionary {
  const parts = partsOf(profile).map(part =>
    part['PayloadType'] === 'com.apple.mobiledevice.passwordpolicy'
      ? { ...part, minLength: 8, maxInactivity: 3 }
      : part,
  )
  return withParts(profile, parts)
}
