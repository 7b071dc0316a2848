import { type Text } from './texts.ts'

export const webhookTexts = {
  'settings.webhooks': { sv: 'Webhooks', en: 'Webhooks' },
  'webhooks.lead': {
    sv: 'Andra program får veta vad som händer, inom några sekunder. Bara id:n skickas, inga personuppgifter.',
    en: 'Other programs hear what happens, within seconds. Only ids are sent, no personal data.',
  },
  'webhooks.add': { sv: 'Ny webhook', en: 'New webhook' },
  'webhooks.none.title': { sv: 'Inga webhooks', en: 'No webhooks' },
  'webhooks.none.text': {
    sv: 'Lägg till en adress när ett annat system ska få veta vad som händer här.',
    en: 'Add an address when another system needs to hear what happens here.',
  },
  'webhooks.url': { sv: 'Adress', en: 'Address' },
  'webhooks.url.hint': {
    sv: 'Börjar med https:// och tar emot POST. Skriv inga lösenord i den.',
    en: 'Starts with https:// and accepts POST. Do not include any passwords.',
  },
  'webhooks.events': { sv: 'Vad programmet får veta', en: 'What the program hears about' },
  'webhooks.events.count': { sv: '{count} händelser', en: '{count} events' },
  'webhooks.events.count.one': { sv: '{count} händelse', en: '{count} event' },
  'webhooks.active': { sv: 'Skicka det som händer', en: 'Send what happens' },
  'webhooks.active.hint': {
    sv: 'Utan bocken skickas inget förrän du sätter dit den igen, inte heller det som har hänt under tiden.',
    en: 'If unticked, nothing is sent until you tick it again. What happens meanwhile is not sent later.',
  },
  'webhooks.state': { sv: 'Läge', en: 'State' },
  'webhooks.state.on': { sv: 'Skickar', en: 'Sending' },
  'webhooks.state.off': { sv: 'Pausad', en: 'Paused' },
  'webhooks.state.failing': { sv: 'Tas inte emot', en: 'Not accepted' },
  'webhooks.state.gone': { sv: 'Avstängd: mottagaren är borta', en: 'Turned off: the receiver is gone' },
  'webhooks.state.lost': { sv: 'Hemligheten går inte att öppna', en: 'The secret cannot be opened' },
  'webhooks.lost': {
    sv: 'Inget skickas. Hemligheten går inte att öppna, för serverns nyckel är en annan än när den skapades. Byt hemlighet och ge den nya till den som sköter det mottagande programmet. Skicka sedan igen det som inte har kommit fram.',
    en: 'Nothing is sent. The secret cannot be opened, because the server’s key is another one than when it was created. Replace the secret and give the new one to the person who runs the receiving program. Then send again what has not arrived.',
  },
  'webhooks.failing': {
    sv: 'Mottagaren har inte tagit emot något sedan {when}. Det som ska dit väntar i högst 30 dagar. Spara webhooken när mottagaren är lagad, så provas den genast.',
    en: 'The receiver has accepted nothing since {when}. What is meant for it waits for at most 30 days. Save the webhook when the receiver has been put right, and it is tried at once.',
  },
  'webhooks.gone': {
    sv: 'Mottagaren svarade {when} att adressen inte finns längre (410), och webhooken stängdes av. Rätta adressen, bocka för Skicka det som händer och spara, eller ta bort webhooken.',
    en: 'The receiver answered on {when} that the address no longer exists (410), and the webhook was turned off. Correct the address, tick Send what happens and save, or remove the webhook.',
  },
  'webhooks.made': { sv: 'Tillagd', en: 'Added' },
  'webhooks.secret': { sv: 'Hemlighet för signaturer', en: 'Secret for signatures' },
  'webhooks.secret.text': {
    sv: 'Mottagaren kontrollerar med den att det är Örnkoll som skickar. Den visas bara när den skapas.',
    en: 'The receiver uses it to check that the sender is Örnkoll. It is shown only when it is created.',
  },
  'webhooks.secret.new': { sv: 'Kopiera hemligheten nu', en: 'Copy the secret now' },
  'webhooks.secret.new.text': {
    sv: 'Den visas bara den här gången. Ge den till den som sköter det mottagande programmet.',
    en: 'It is shown only this once. Give it to the person who runs the receiving program.',
  },
  'webhooks.secret.renew': { sv: 'Byt hemlighet', en: 'Replace the secret' },
  'webhooks.secret.renew.text': {
    sv: 'Du får en ny. Den gamla gäller också i ett dygn, så att mottagaren hinner byta.',
    en: 'You get a new one. The old one also works for a day, so that the receiver has time to change.',
  },
  'webhooks.secret.former': {
    sv: 'Den förra hemligheten gäller också, till {when}.',
    en: 'The previous secret also works, until {when}.',
  },
  'webhooks.test': { sv: 'Skicka en testhändelse', en: 'Send a test event' },
  'webhooks.test.text': {
    sv: 'En testhändelse skickas genast, och du ser vad mottagaren svarar.',
    en: 'A test event is sent at once, and you see what the receiver answers.',
  },
  'webhooks.test.ok': { sv: 'Testhändelsen kom fram: {answer}.', en: 'The test event arrived: {answer}.' },
  'webhooks.test.failed': {
    sv: 'Testhändelsen kom inte fram: {answer}.',
    en: 'The test event did not arrive: {answer}.',
  },
  'webhooks.deliveries': { sv: 'Skickat de senaste 30 dagarna', en: 'Sent in the last 30 days' },
  'webhooks.deliveries.none': {
    sv: 'Inget har skickats ännu. Skicka en testhändelse, eller vänta tills något händer.',
    en: 'Nothing has been sent yet. Send a test event, or wait until something happens.',
  },
  'webhooks.delivery.event': { sv: 'Händelse', en: 'Event' },
  'webhooks.delivery.at': { sv: 'När', en: 'When' },
  'webhooks.delivery.state': { sv: 'Läge', en: 'State' },
  'webhooks.delivery.subject': { sv: 'Gäller', en: 'About' },
  'webhooks.delivery.count': { sv: 'Försök', en: 'Attempts' },
  'webhooks.delivery.tried': { sv: 'Senast försökt', en: 'Last tried' },
  'webhooks.delivery.answer': { sv: 'Svar', en: 'Answer' },
  'webhooks.delivery.waiting': { sv: 'Väntar', en: 'Waiting' },
  'webhooks.delivery.delivered': { sv: 'Levererad', en: 'Delivered' },
  'webhooks.delivery.failed': { sv: 'Inte levererad', en: 'Not delivered' },
  'webhooks.delivery.attempts': { sv: '{count} försök', en: '{count} attempts' },
  'webhooks.delivery.attempts.one': { sv: '{count} försök', en: '{count} attempt' },
  'webhooks.delivery.next': { sv: 'nästa {when}', en: 'next {when}' },
  'webhooks.delivery.status': { sv: 'svarade {status}', en: 'answered {status}' },
  'webhooks.delivery.fault.private-address': {
    sv: 'adressen leder till ett internt nät',
    en: 'the address leads into a private network',
  },
  'webhooks.delivery.fault.no-answer': { sv: 'inget svar i tid', en: 'no answer in time' },
  'webhooks.delivery.fault.not-reached': { sv: 'gick inte att nå', en: 'could not be reached' },
  'webhooks.delivery.fault.secret-lost': {
    sv: 'hemligheten går inte att öppna',
    en: 'the secret cannot be opened',
  },
  'webhooks.replay': { sv: 'Skicka igen', en: 'Send again' },
  'webhooks.remove': { sv: 'Ta bort webhooken', en: 'Remove the webhook' },
  'webhooks.remove.text': {
    sv: 'Inget mer skickas, och listan över det som skickats försvinner. Det går inte att ångra.',
    en: 'Nothing more is sent, and the list of what was sent is removed too. This cannot be undone.',
  },
  'webhooks.guide': { sv: 'Så läser programmet det som skickas', en: 'How a program reads what is sent' },
  'said.webhook-saved': { sv: 'Webhooken är sparad.', en: 'The webhook has been saved.' },
  'said.webhook-removed': { sv: 'Webhooken är borttagen.', en: 'The webhook has been removed.' },
  'said.webhook-again': {
    sv: 'Den skickas igen inom en minut.',
    en: 'It will be sent again within a minute.',
  },
  'refusal.webhook-url': {
    sv: 'Skriv en adress på internet som börjar med https:// och som inte innehåller något användarnamn eller lösenord.',
    en: 'Write an internet address that starts with https:// and contains no user name or password.',
  },
  'refusal.webhook-fragment': {
    sv: 'Ta bort # och det som står efter. Den delen av en adress skickas aldrig.',
    en: 'Leave out # and what follows it. That part of an address is never sent.',
  },
  'refusal.webhook-port': {
    sv: 'Den porten hör till en annan tjänst. Skriv porten till en webbserver, eller ingen alls.',
    en: 'That port belongs to another service. Write the port of a web server, or none at all.',
  },
  'refusal.webhook-unknown': {
    sv: 'Webhooken finns inte. Någon kan ha tagit bort den.',
    en: 'There is no such webhook. Somebody may have removed it.',
  },
  'refusal.webhooks-full': {
    sv: 'Det finns redan 20 webhooks. Ta bort en som inte används.',
    en: 'There are already 20 webhooks. Remove one that is not used.',
  },
  'refusal.delivery-unknown': {
    sv: 'Det som skickades är äldre än 30 dagar och finns inte kvar.',
    en: 'What was sent is more than 30 days old and is no longer kept.',
  },

  'event.test': { sv: 'Testhändelse', en: 'Test event' },
  'event.device.enrolled': { sv: 'En iPad har anslutits', en: 'An iPad has enrolled' },
  'event.device.checked-out': { sv: 'En iPad har kopplats från', en: 'An iPad has unenrolled' },
  'event.device.locked': { sv: 'En iPad har låsts', en: 'An iPad was locked' },
  'event.device.unlocked': { sv: 'En iPad har låsts upp', en: 'An iPad was unlocked' },
  'event.device.wiped': { sv: 'En iPad har raderats', en: 'An iPad was wiped' },
  'event.command.finished': {
    sv: 'En iPad har svarat på ett kommando',
    en: 'An iPad has answered a command',
  },
  'event.incident.reported': {
    sv: 'En stöld, förlust eller skada har anmälts',
    en: 'A theft, loss or damage was reported',
  },
  'event.incident.recovered': { sv: 'En iPad har återfunnits', en: 'An iPad was recovered' },
  'event.incident.closed': { sv: 'Ett ärende har avslutats', en: 'A case was closed' },
  'event.loan.signed': { sv: 'Ett lån har undertecknats', en: 'A loan was signed' },
  'event.loan.returned': { sv: 'En lånad iPad har lämnats tillbaka', en: 'A borrowed iPad was returned' },

  'audit.kind.webhook': { sv: 'Webhook', en: 'Webhook' },
  'audit.did.webhooks.add': { sv: 'Lade till en webhook', en: 'Added a webhook' },
  'audit.did.webhooks.edit': { sv: 'Ändrade en webhook', en: 'Changed a webhook' },
  'audit.did.webhooks.gone': {
    sv: 'Stängde av en webhook vars mottagare är borta',
    en: 'Turned off a webhook whose receiver is gone',
  },
  'audit.did.webhooks.remove': { sv: 'Tog bort en webhook', en: 'Removed a webhook' },
  'audit.did.webhooks.test': {
    sv: 'Skickade en testhändelse till en webhook',
    en: 'Sent a test event to a webhook',
  },
  'audit.did.webhooks.replay': { sv: 'Skickade igen till en webhook', en: 'Sent again to a webhook' },
  'audit.did.webhooks.renew-secret': {
    sv: 'Bytte hemlighet för en webhook',
    en: 'Replaced the secret of a webhook',
  },
} as const satisfies Record<string, Text>
