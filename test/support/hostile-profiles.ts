import { randomBytes } from 'node:crypto'
import { makeProfileSigner } from '../../mdm/certificates/authority.ts'
import { encryptFor } from '../../profiles/cms/enveloped-data.ts'
import { type ForeignProfileError } from '../../profiles/foreign-profile.ts'
import { signProfile } from '../../profiles/sign-profile.ts'
import { writePlist } from '../../profiles/plist/write-plist.ts'
import { anAuthority, aDeviceSigner, issuing, today } from './a-signer.ts'
import { rsaKey } from './keys.ts'

const authority = anAuthority()
export const foreignSigner = makeProfileSigner(authority.root, rsaKey('profiles'), issuing)

const profile = {
  PayloadType: 'Configuration',
  PayloadVersion: 1,
  PayloadIdentifier: 'se.example.foreign',
  PayloadUUID: '00000000-0000-4000-8000-000000000001',
  PayloadContent: [],
}
/** A sound profile without parts. */
export const emptyForeignProfile = writePlist(profile)

export const insidePlist = (text: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">${text}</plist>`)
/** An open dictionary that says it is a profile. */
export const profileBeginning = '<dict><key>PayloadType</key><string>Configuration</string>'

/** Files that somebody may send as a profile and that are none, each with why it is refused. */
export const hostileProfiles: readonly (readonly [
  title: string,
  Uint8Array,
  ForeignProfileError['fault'],
])[] = [
  ['an empty file is refused', Buffer.alloc(0), 'empty'],
  [
    'a file beyond 5 MB, such as a font of 10 MB, is refused unread',
    Buffer.alloc(10_000_000, 60),
    'too-large',
  ],
  ['the binary form is refused', Buffer.from('bplist00\u0000'), 'binary'],
  [
    'a page instead of a profile is refused',
    Buffer.from('<!DOCTYPE html><html><body>Log in</body></html>'),
    'broken',
  ],
  ['a property list of another kind is refused', insidePlist('<array/>'), 'not-a-profile'],
  [
    'a dictionary of another type is refused',
    insidePlist('<dict><key>PayloadType</key><string>Command</string></dict>'),
    'not-a-profile',
  ],
  [
    'a bomb of entities is refused',
    Buffer.from(
      `<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plist version="1.0">${profileBeginning}</dict></plist>`,
    ),
    'broken',
  ],
  [
    'an entity that reads a file is refused',
    Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE plist SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist version="1.0"><string>&x;</string></plist>',
    ),
    'broken',
  ],
  [
    'a key named __proto__ is refused',
    insidePlist(`${profileBeginning}<key>__proto__</key><dict><key>admin</key><true/></dict></dict>`),
    'broken',
  ],
  [
    'a key that stands twice is refused',
    insidePlist(`${profileBeginning}<key>PayloadType</key><string>Configuration</string></dict>`),
    'broken',
  ],
  [
    'arrays in arrays without end are refused',
    insidePlist(`${'<array>'.repeat(5000)}${'</array>'.repeat(5000)}`),
    'broken',
  ],
  [
    'more values than any profile has are refused',
    insidePlist(`<array>${'<true/>'.repeat(60_000)}</array>`),
    'broken',
  ],
  [
    'an element that does not end is refused',
    insidePlist(`${profileBeginning}<key>A</key><string>`),
    'broken',
  ],
  [
    'a date that no calendar has is refused',
    insidePlist(`${profileBeginning}<key>RemovalDate</key><date>2026-02-30T00:00:00Z</date></dict>`),
    'broken',
  ],
  [
    'data that is not base64 is refused',
    insidePlist(`${profileBeginning}<key>Icon</key><data>!!</data></dict>`),
    'broken',
  ],
  [
    'megabytes of data that are not quite base64 are refused',
    insidePlist(`${profileBeginning}<key>Icon</key><data>${'A'.repeat(4_900_000)}!</data></dict>`),
    'broken',
  ],
  [
    'text in another encoding is refused',
    Buffer.from(`<plist version="1.0"><string>\u00e5</string></plist>`, 'latin1'),
    'broken',
  ],
  [
    'a profile encrypted for an iPad is refused',
    writePlist({ ...profile, IsEncrypted: true, EncryptedPayloadContent: Buffer.from('x') }),
    'encrypted',
  ],
  [
    'an encrypted message instead of a signed one is refused',
    encryptFor(emptyForeignProfile, {
      recipient: aDeviceSigner(authority.issuing).certificate,
      cipher: 'aes-256-cbc',
      randomBytes,
    }),
    'signature',
  ],
  [
    'bytes that only begin like a signature are refused',
    Buffer.concat([Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.alloc(1000)]),
    'signature',
  ],
  [
    'a signed profile that was changed is refused',
    changed(signProfile(emptyForeignProfile, foreignSigner, today)),
    'signature',
  ],
]

const parts = (xml: string): Buffer =>
  insidePlist(
    `${profileBeginning}<key>PayloadIdentifier</key><string>se.example.heavy</string><key>PayloadUUID</key><string>1</string><key>PayloadVersion</key><integer>1</integer><key>PayloadContent</key><array>${xml}</array></dict>`,
  )

/** Profiles that can be read, with a number that no property list of ours can hold. */
export const unwritableProfiles: readonly (readonly [title: string, Uint8Array])[] = ['nan', '-inf'].map(
  number => [
    `a real of ${number}`,
    parts(`<dict><key>PayloadType</key><string>x.y</string><key>A</key><real>${number}</real></dict>`),
  ],
)

/** Files that a profile may be, and that are as much work as somebody could make them. */
export const heavyProfiles: readonly (readonly [title: string, Uint8Array])[] = [
  [
    'a font of almost 5 MB',
    parts(
      `<dict><key>PayloadType</key><string>com.apple.font</string><key>Font</key><data>${'AAEC'.repeat(1_225_000)}</data></dict>`,
    ),
  ],
]

function changed(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  const at = copy.indexOf('se.example.foreign')
  copy[at] = 'S'.charCodeAt(0)
  return copy
}
