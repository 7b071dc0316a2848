import { type Text } from './texts.ts'

/** What waits for a second person. */
export const approvalTexts = {
  'approvals.title': { sv: 'Godkännanden', en: 'Approvals' },
  'approvals.waiting': { sv: 'Väntar på beslut', en: 'Waiting for a decision' },
  'approvals.none.title': { sv: 'Inget att godkänna', en: 'Nothing to approve' },
  'approvals.none.text': {
    sv: 'När en kollega begär något som kräver två personer visas det här.',
    en: 'When a colleague asks for something that takes two people, it is shown here.',
  },
  'approvals.decided': { sv: 'Tidigare beslut', en: 'Earlier decisions' },
  'approvals.other': { sv: '{kind}: {label}', en: '{kind}: {label}' },
  'approvals.asked': { sv: 'Begärd {when} av {name}', en: 'Requested {when} by {name}' },
  'approvals.lately-head': { sv: 'Samma dygn', en: 'Same day' },
  'approvals.lately': {
    sv: 'Personen har redan gjort sådant med {count} andra iPads, utan kollega.',
    en: 'This person has already done such a thing with {count} other iPads, without a colleague.',
  },
  'approvals.lately.one': {
    sv: 'Personen har redan gjort sådant med {count} annan iPad, utan kollega.',
    en: 'This person has already done such a thing with {count} other iPad, without a colleague.',
  },
  'approvals.until': { sv: 'Senast {when}', en: 'By {when}' },
  'approvals.reason': { sv: 'Skäl', en: 'Reason' },
  'approvals.then': { sv: 'Om du godkänner', en: 'If you approve' },
  'approvals.what': { sv: 'Begäran', en: 'Request' },
  'approvals.how': { sv: 'Beslut', en: 'Decision' },
  'approvals.when': { sv: 'Beslutat', en: 'Decided' },
  'approvals.own': {
    sv: 'Du begärde det här själv. En kollega måste besluta.',
    en: 'You asked for this yourself. A colleague has to decide.',
  },
  'approvals.own-account': {
    sv: 'En av er har nyligen fått in den andra på kontot med en lösenordslänk eller genom att ta bort det andra steget. Det kan du inte besluta om förrän sju dagar efteråt. Be en annan kollega besluta, eller be en annan administratör om en ny lösenordslänk.',
    en: 'One of you recently let the other into their account, with a password link or by removing the second step. You cannot decide this until seven days after that. Ask another colleague to decide, or ask another administrator for a new password link.',
  },
  'approvals.approve': { sv: 'Godkänn', en: 'Approve' },
  'approvals.refuse': { sv: 'Avslå', en: 'Refuse' },
  'approvals.withdraw': { sv: 'Ta tillbaka', en: 'Withdraw' },
  'approvals.note': { sv: 'Varför avslås det?', en: 'Why is it refused?' },
  'approvals.see': { sv: 'Se vad det gäller', en: 'See what it is about' },
  'approval.state.waiting': { sv: 'Väntar', en: 'Waiting' },
  'approval.state.approved': { sv: 'Godkänt', en: 'Approved' },
  'approval.state.refused': { sv: 'Avslaget', en: 'Refused' },
  'approval.state.expired': { sv: 'Tiden gick ut', en: 'Expired' },
  'approval.state.withdrawn': { sv: 'Återtaget', en: 'Withdrawn' },
  'approvals.by': { sv: '{when} av {name}', en: '{when} by {name}' },
  'said.approved': {
    sv: 'Godkänt. Det utförs nu.',
    en: 'Approved. It is being carried out now.',
  },
  'said.refused': { sv: 'Avslaget.', en: 'Refused.' },
  'said.withdrawn': { sv: 'Begäran är återtagen.', en: 'The request has been withdrawn.' },

  // Each kind that a slice registers: what it is, what follows from a yes, and the button that says yes.
  'approval.what.wipe': { sv: 'Radering, ärende {label}', en: 'Wipe, case {label}' },
  'approval.then.wipe': {
    sv: 'iPaden raderas så snart den hör av sig. Allt som finns på den försvinner för gott.',
    en: 'The iPad is wiped as soon as it can be reached. Everything on it is lost for good.',
  },
  'approval.yes.wipe': { sv: 'Godkänn radering', en: 'Approve the wipe' },

  'refusal.approval': { sv: 'Begäran finns inte.', en: 'There is no such request.' },
  'refusal.approval-own': {
    sv: 'Du begärde det här själv, så någon annan måste besluta.',
    en: 'You asked for this yourself, so somebody else has to decide.',
  },
  'refusal.approval-own-account': {
    sv: 'En av er har öppnat den andras konto de senaste sju dagarna, så en tredje person måste besluta.',
    en: 'One of you opened the other’s account in the last seven days, so a third person has to decide.',
  },
  'refusal.approval-changed': {
    sv: 'Det som begärs har ändrats sedan du läste det. Läs det en gång till och godkänn sedan.',
    en: 'The request has changed since you read it. Read it once more, then approve.',
  },
  'refusal.approval-decided': {
    sv: 'Begäran är redan avgjord.',
    en: 'This request has already been decided.',
  },
  'refusal.approval-expired': {
    sv: 'Tiden att besluta är ute. Begär på nytt om det fortfarande behövs.',
    en: 'The time to decide has passed. Ask again if it is still needed.',
  },
  'refusal.approval-waiting': {
    sv: 'Det väntar redan en sådan begäran.',
    en: 'There is already such a request waiting.',
  },
  'refusal.approval-note': {
    sv: 'Skriv varför, så att den som begärde vet vad som gäller.',
    en: 'Write why, so that the person who asked knows what applies.',
  },
  'refusal.approval-person': {
    sv: 'Bara en människa kan besluta det här.',
    en: 'Only a person can decide this.',
  },
  'refusal.approval-not-own': {
    sv: 'Bara den som begärde kan ta tillbaka begäran.',
    en: 'Only the person who asked can withdraw the request.',
  },
} as const satisfies Record<string, Text>
