/**
 * Where Apple's own schema (release of iOS 18.1) is wrong, or says what no iPad does, and how we know. One more is not
 * listed by key: PayloadCertificateUUID and its like have a form that takes any letter for a hexadecimal digit, while
 * PayloadUUID has none at all. We check instead that a payload with that UUID stands in the profile.
 */
interface AppleMistake {
  readonly type: string
  /** Keys joined by a full stop; `[]` is an item of an array, `*` a key of any name. */
  readonly path: string
  /** `all`: the key should not stand there at all. */
  readonly fact: string
  /** Path of ours that takes its place. */
  readonly instead?: string
  readonly evidence: string
}

const iconType =
  "The schema allows App; its own description, Apple's example of a home screen and every iPad say Application. Followed to the letter it would refuse every real home screen."

const consent =
  "The schema nests a dictionary named ConsentTextItem; its own description and Apple's guide have languages as keys and the texts as their values."

const nothingAfter =
  'The pattern takes https:// with nothing after it, which its own description (the URL that the device contacts) does not.'

export const appleMistakes: readonly AppleMistake[] = [
  { type: 'com.apple.homescreenlayout', path: 'Dock.[].Type', fact: 'allowed', evidence: iconType },
  { type: 'com.apple.homescreenlayout', path: 'Pages.[].[].Type', fact: 'allowed', evidence: iconType },
  {
    type: 'TopLevel',
    path: 'ConsentText.ConsentTextItem',
    fact: 'all',
    instead: 'ConsentText.*',
    evidence: consent,
  },
  { type: 'TopLevel', path: 'ConsentText.ConsentTextItem.*', fact: 'all', evidence: consent },
  {
    type: 'com.apple.wifi.managed',
    path: 'RoamingConsortiumOIs.[]',
    fact: 'format',
    evidence:
      'The pattern is ^(A{6})|(A{9})$: its bars are not inside the anchors, so anything that begins with six letters passes, and it takes letters beyond F.',
  },
  ...['com.apple.vpn.managed', 'com.apple.vpn.managed.applayer'].map(type => ({
    type,
    path: 'VPNType',
    fact: 'allowed',
    evidence: 'The list has TransparentProxy, which its own description gives to macOS alone.',
  })),
  {
    type: 'com.apple.dnsSettings.managed',
    path: 'ProhibitDisablement',
    fact: 'supervised',
    evidence: 'The flag is missing, but its own description says that it needs supervision.',
  },
  { type: 'com.apple.mdm', path: 'ServerURL', fact: 'format', evidence: nothingAfter },
  { type: 'com.apple.mdm', path: 'CheckInURL', fact: 'format', evidence: nothingAfter },
]

/** Mistakes of form that the comparison cannot see, since ours are stricter or wider on purpose. */
export const otherMistakes: readonly AppleMistake[] = [
  {
    type: 'com.apple.security.scep',
    path: 'PayloadContent.SubjectAltName.dNSName',
    fact: 'kind',
    evidence:
      'Apple\'s errata: the value may be a string or an array of strings; "the schema does not support polymorphic types". The same for rfc822Name and uniformResourceIdentifier.',
  },
  {
    type: 'TopLevel',
    path: 'PayloadContent',
    fact: 'required',
    evidence:
      'Required in the schema, though its description says that an encrypted profile does not have it.',
  },
  {
    type: 'com.apple.security.wapi-identity',
    path: '',
    fact: 'all',
    evidence: 'States no systems at all, where every other payload does; not offered for iPads.',
  },
]
