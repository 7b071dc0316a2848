import { type Text } from './texts.ts'

/** Roll-outs that a second person decides. */
export const rolloutRequestTexts = {
  'rollout-requests.title': { sv: 'Väntar på en andra person', en: 'Waiting for a second person' },
  'rollout-request.asked': { sv: 'Begärd', en: 'Asked for' },
  'rollout-request.waiting': { sv: 'Väntar på godkännande', en: 'Waiting for approval' },
  'rollout-request.approved': { sv: 'Godkänd, startar', en: 'Approved, about to begin' },
  'rollout-request.begun': { sv: 'Startad', en: 'Begun' },
  'rollout-request.refused': { sv: 'Inte godkänd', en: 'Not approved' },
  'rollout-request.expired': { sv: 'Ingen beslutade i tid', en: 'Nobody decided in time' },
  'rollout-request.withdrawn': { sv: 'Återtagen', en: 'Taken back' },
  'rollout-request.failed': { sv: 'Kunde inte starta', en: 'Could not begin' },
  'rollout-request.waits': {
    sv: 'Inget är skickat. Det börjar när en kollega har godkänt.',
    en: 'Nothing is sent. It begins when a colleague has approved.',
  },
  'rollout-request.fault': {
    sv: 'Den godkändes men kunde inte starta. {why}',
    en: 'It was approved and could not begin. {why}',
  },
  'rollout-request.to-rollout': { sv: 'Till utrullningen', en: 'To the roll-out' },
  'rollout.deed.assign': { sv: 'Utrullning', en: 'Roll-out' },
  'rollout.deed.version': { sv: 'Annan version', en: 'Another version' },
  'rollout.deed.end': { sv: 'Borttagning', en: 'Removal' },
  'rollout.deed.follow': { sv: 'Följer av en annan ändring', en: 'Follows from another change' },
  'rollout-request.follow': {
    sv: 'Någon har ändrat etiketter, organ, uppdrag eller uppgifter, och därför ska fler iPads än gränsen ändras på en gång. De hålls kvar som de är tills en kollega har godkänt.',
    en: 'Somebody changed labels, bodies, mandates or facts, so more iPads than the limit are to change at once. They stay as they are until a colleague has approved.',
  },
  'rollout-request.follow.refused': {
    sv: 'De här iPadsen stannar som de är. Ta tillbaka det som ändrades, eller rulla ut versionen på nytt om de ändå ska ha den.',
    en: 'These iPads stay as they are. Take back what was changed, or roll the version out anew if they are to have it after all.',
  },
  'rollout-request.follow.silent': {
    sv: 'Ingen svarade i tid. De här iPadsen stannar som de är, och inom några minuter frågas kollegorna igen av sig självt.',
    en: 'Nobody answered in time. These iPads stay as they are, and within minutes colleagues are asked again by itself.',
  },
  'rollout-request.ask-again': { sv: 'Fråga igen', en: 'Ask again' },
  'rollout-request.ask-again.hint': {
    sv: 'Samma sak begärs en gång till i ditt namn, räknat på hur det är nu.',
    en: 'The same is asked for once more in your name, weighed as things are by now.',
  },
  'rollout-request.behind': { sv: 'Ändringen gjordes av', en: 'The change was made by' },
  'refusal.rollout-request-open': {
    sv: 'Begäran väntar redan på svar, eller har startat.',
    en: 'The request waits for an answer already, or has begun.',
  },
  'refusal.rollout-request-empty': {
    sv: 'Den gäller inga iPads längre. Det finns inget att fråga om.',
    en: 'It is about no iPads any more. There is nothing to ask.',
  },
  'rollout-request.follow.whom': {
    sv: 'iPads som tilldelningen nu gäller eller inte gäller längre',
    en: 'iPads that the assignment is for by now, or is for no more',
  },
  'approval.then.roll-out.follow': {
    sv: 'De hålls kvar som de är. Godkänner du får de genast det som är tilldelat dem nu.',
    en: 'They stay as they are. If you approve they get at once what is assigned to them by now.',
  },
  'approval.yes.roll-out.follow': { sv: 'Låt dem ändras', en: 'Let them change' },
  'new-rollout.reason.hint': {
    sv: 'Läses av den som godkänner och sparas i händelseloggen.',
    en: 'Read by whoever approves, and kept in the audit log.',
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
    sv: 'Det börjar genast, våg för våg som det är begärt. Att stoppa eller gå tillbaka väntar inte på någon.',
    en: 'It begins at once, wave by wave as it was asked for. Stopping or rolling back waits for nobody.',
  },
  'approval.yes.roll-out': { sv: 'Godkänn utrullningen', en: 'Approve the roll-out' },
  'rollout.two.over-limit': {
    sv: 'Det är fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'There are more than {limit}, so a colleague has to approve before anything happens.',
  },
  'rollout.two.over-day-limit': {
    sv: 'Du har redan ändrat {count} andra iPads det senaste dygnet. Tillsammans blir det fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'You have changed {count} other iPads in the last 24 hours already. Together they are more than {limit}, so a colleague has to approve before anything happens.',
  },
  'rollout.two.over-day-limit.one': {
    sv: 'Du har redan ändrat {count} annan iPad det senaste dygnet. Tillsammans blir det fler än {limit}, så en kollega måste godkänna innan något händer.',
    en: 'You have changed {count} other iPad in the last 24 hours already. Together they are more than {limit}, so a colleague has to approve before anything happens.',
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
    sv: 'En kollega måste godkänna det här. Skriv varför, så att den kan besluta.',
    en: 'A colleague has to agree to this. Say why, so that they can decide.',
  },
  'refusal.rollout-asked-already': {
    sv: 'Det här är redan begärt och väntar på en kollega.',
    en: 'This is asked for already and waits for a colleague.',
  },
  'refusal.rollout-request-unknown': {
    sv: 'Ingen har begärt en sådan utrullning.',
    en: 'Nobody has asked for such a roll-out.',
  },
  'refusal.rollout-outrun': {
    sv: 'En nyare version än den som godkändes har redan gått ut.',
    en: 'A newer version than the one that was approved has gone out already.',
  },
  'refusal.rollout-grown': {
    sv: 'Den skulle nu nå klart fler iPads än kollegan godkände. Begär den på nytt.',
    en: 'By now it would reach clearly more iPads than the colleague approved. Ask for it anew.',
  },
  'refusal.exclude-over-limit': {
    sv: 'Med det du redan har gjort det senaste dygnet blir det så många att en kollega behövs. Avsluta tilldelningen och gör en ny, så får kollegan frågan.',
    en: 'With what you did in the last 24 hours these are so many that they take a second person. End the assignment and make a new one, and they are asked.',
  },
  'audit.did.roll-out.request': { sv: 'Begärde en stor utrullning', en: 'Asked for a large roll-out' },
  'audit.did.roll-out.approved': { sv: 'Godkände en stor utrullning', en: 'Approved a large roll-out' },
  'audit.did.roll-out.refused': { sv: 'Avslog en stor utrullning', en: 'Refused a large roll-out' },
  'audit.did.roll-out.expired': { sv: 'Ingen beslutade i tid', en: 'Nobody decided in time' },
  'audit.did.roll-out.withdrawn': { sv: 'Tog tillbaka begäran', en: 'Took the request back' },
  'audit.did.roll-out.failed': {
    sv: 'En godkänd utrullning kunde inte starta',
    en: 'An approved roll-out could not begin',
  },
  'audit.did.roll-out.own-decision-refused': {
    sv: 'Nekades att godkänna sin egen begäran',
    en: 'Was refused to approve their own request',
  },
} as const satisfies Record<string, Text>
