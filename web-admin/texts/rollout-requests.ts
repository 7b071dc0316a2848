import { type Text } from './texts.ts'

/** Roll-outs that a second person decides. */
export const rolloutRequestTexts = {
  'rollout-requests.title': { sv: 'Väntar på en andra person', en: 'Waiting for a second person' },
  'rollout-request.asked': { sv: 'Begärd', en: 'Requested' },
  'rollout-request.waiting': { sv: 'Väntar på godkännande', en: 'Waiting for approval' },
  'rollout-request.approved': { sv: 'Godkänd, startar', en: 'Approved, about to start' },
  'rollout-request.begun': { sv: 'Startad', en: 'Started' },
  'rollout-request.refused': { sv: 'Inte godkänd', en: 'Not approved' },
  'rollout-request.expired': { sv: 'Ingen beslutade i tid', en: 'Nobody decided in time' },
  'rollout-request.withdrawn': { sv: 'Återtagen', en: 'Withdrawn' },
  'rollout-request.failed': { sv: 'Kunde inte starta', en: 'Could not start' },
  'rollout-request.waits': {
    sv: 'Inget är skickat. Utrullningen börjar när en kollega har godkänt.',
    en: 'Nothing has been sent. The roll-out begins when a colleague has approved.',
  },
  'rollout-request.fault': {
    sv: 'Den godkändes men kunde inte starta. {why}',
    en: 'It was approved but could not start. {why}',
  },
  'rollout-request.to-rollout': { sv: 'Till utrullningen', en: 'To the roll-out' },
  'rollout.deed.assign': { sv: 'Utrullning', en: 'Roll-out' },
  'rollout.deed.version': { sv: 'Annan version', en: 'Another version' },
  'rollout.deed.end': { sv: 'Borttagning', en: 'Removal' },
  'rollout.deed.follow': { sv: 'Följer av en annan ändring', en: 'Follows from another change' },
  'rollout-request.follow': {
    sv: 'Någon har ändrat etiketter, nämnder, uppdrag eller uppgifter, så fler iPads än gränsen skulle ändras på en gång. De hålls kvar som de är tills en kollega har godkänt.',
    en: 'Somebody has changed labels, committees, mandates or details, so more iPads than the limit would change at once. They are kept as they are until a colleague has approved.',
  },
  'rollout-request.follow.refused': {
    sv: 'Dessa iPads hålls kvar som de är. Ångra det som ändrades, eller rulla ut versionen på nytt om de ändå ska ha den.',
    en: 'These iPads are kept as they are. Undo what was changed, or roll the version out again if they should have it after all.',
  },
  'rollout-request.follow.silent': {
    sv: 'Ingen svarade i tid. Dessa iPads hålls kvar som de är, och inom några minuter frågas kollegorna igen automatiskt.',
    en: 'Nobody answered in time. These iPads are kept as they are, and within minutes colleagues are asked again automatically.',
  },
  'rollout-request.ask-again': { sv: 'Fråga igen', en: 'Ask again' },
  'rollout-request.ask-again.hint': {
    sv: 'Samma sak begärs en gång till i ditt namn, räknat på hur det är nu.',
    en: 'The same is requested once more in your name, calculated on how things are now.',
  },
  'rollout-request.behind': { sv: 'Ändringen gjordes av', en: 'The change was made by' },
  'refusal.rollout-request-open': {
    sv: 'Begäran väntar redan på svar, eller har startat.',
    en: 'The request is already waiting for an answer, or has started.',
  },
  'refusal.rollout-request-empty': {
    sv: 'Den gäller inga iPads längre. Det finns inget att fråga om.',
    en: 'It no longer applies to any iPads. There is nothing to ask.',
  },
  'rollout-request.follow.whom': {
    sv: 'iPads som tilldelningen nu gäller eller inte gäller längre',
    en: 'iPads that the assignment now covers, or no longer covers',
  },
  'approval.then.roll-out.follow': {
    sv: 'De hålls kvar som de är nu. Godkänner du får de genast det som är tilldelat dem.',
    en: 'They are kept as they are for now. If you approve, they get what is assigned to them at once.',
  },
  'approval.yes.roll-out.follow': { sv: 'Låt dem ändras', en: 'Let them change' },
  'new-rollout.reason.hint': {
    sv: 'Läses av den som godkänner och sparas i händelseloggen.',
    en: 'Read by the person who approves, and kept in the audit log.',
  },
  'approval.what.roll-out': {
    sv: '{variant}: {label}, {count} iPads',
    en: '{variant}: {label}, {count} iPads',
  },
  'approval.what.roll-out.one': {
    sv: '{variant}: {label}, {count} iPad',
    en: '{variant}: {label}, {count} iPad',
  },
  'approval.then.roll-out': {
    sv: 'Den börjar genast, våg för våg som den har begärts. Att stoppa eller gå tillbaka kräver ingen andra person.',
    en: 'It begins at once, wave by wave as requested. Stopping or rolling back needs no second person.',
  },
  'approval.yes.roll-out': { sv: 'Godkänn utrullningen', en: 'Approve the roll-out' },
  'rollout.two.over-limit': {
    sv: 'Det är fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'There are more than {limit}, so a colleague has to approve before anything happens.',
  },
  'rollout.two.over-day-limit': {
    sv: 'Du har redan ändrat {count} andra iPads det senaste dygnet. Tillsammans blir det fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'You have already changed {count} other iPads in the last 24 hours. Together they are more than {limit}, so a colleague has to approve before anything happens.',
  },
  'rollout.two.over-day-limit.one': {
    sv: 'Du har redan ändrat {count} annan iPad det senaste dygnet. Tillsammans blir det fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'You have already changed {count} other iPad in the last 24 hours. Together they are more than {limit}, so a colleague has to approve before anything happens.',
  },
  'rollout-request.lately': { sv: 'Ändrat samma dygn', en: 'Changed the same day' },
  'rollout-request.lately.others': {
    sv: '{count} andra iPads, utan kollega',
    en: '{count} other iPads, without a colleague',
  },
  'rollout-request.lately.others.one': {
    sv: '{count} annan iPad, utan kollega',
    en: '{count} other iPad, without a colleague',
  },
  'refusal.rollout-reason': {
    sv: 'En kollega måste godkänna det här. Skriv varför, så att kollegan kan besluta.',
    en: 'A colleague has to approve this. Write why, so that they can decide.',
  },
  'refusal.rollout-asked-already': {
    sv: 'Det här är redan begärt och väntar på en kollega.',
    en: 'This has already been requested and is waiting for a colleague.',
  },
  'refusal.rollout-request-unknown': {
    sv: 'Ingen har begärt en sådan utrullning.',
    en: 'Nobody has requested such a roll-out.',
  },
  'refusal.rollout-outrun': {
    sv: 'En nyare version än den godkända har redan rullats ut.',
    en: 'A newer version than the approved one has already been rolled out.',
  },
  'refusal.rollout-grown': {
    sv: 'Den skulle nu gälla klart fler iPads än kollegan godkände. Begär den på nytt.',
    en: 'It would now reach far more iPads than the colleague approved. Request it again.',
  },
  'refusal.exclude-over-limit': {
    sv: 'Med det du redan har gjort det senaste dygnet blir det så många att en kollega måste godkänna. Avsluta tilldelningen och gör en ny, så får kollegan frågan.',
    en: 'With what you have done in the last 24 hours these are so many that a second person is needed. End the assignment and create a new one; then they will be asked.',
  },
  'audit.did.roll-out.request': { sv: 'Begärde en stor utrullning', en: 'Requested a large roll-out' },
  'audit.did.roll-out.approved': { sv: 'Godkände en stor utrullning', en: 'Approved a large roll-out' },
  'audit.did.roll-out.refused': { sv: 'Avslog en stor utrullning', en: 'Refused a large roll-out' },
  'audit.did.roll-out.expired': { sv: 'Ingen beslutade i tid', en: 'Nobody decided in time' },
  'audit.did.roll-out.withdrawn': { sv: 'Tog tillbaka begäran', en: 'Withdrew the request' },
  'audit.did.roll-out.failed': {
    sv: 'En godkänd utrullning kunde inte starta',
    en: 'An approved roll-out could not start',
  },
  'audit.did.roll-out.own-decision-refused': {
    sv: 'Fick inte godkänna sin egen begäran',
    en: 'Was not allowed to approve their own request',
  },
  'audit.did.roll-out.own-account-decision-refused': {
    sv: 'Fick inte besluta om en begäran, eftersom den ena nyligen har öppnat den andras konto',
    en: 'Was not allowed to decide a request, because one of the two opened the other’s account lately',
  },
} as const satisfies Record<string, Text>
