import { type Text } from './texts.ts'

export const rolloutTexts = {
  'audit.kind.rollout': { sv: 'Utrullning', en: 'Roll-out' },
  'audit.kind.assignment': { sv: 'Tilldelning', en: 'Assignment' },
  'audit.did.rollouts.start': { sv: 'Startade en utrullning', en: 'Started a roll-out' },
  'audit.did.rollouts.remove': { sv: 'Började ta bort från iPads', en: 'Began to take it off iPads' },
  'audit.did.rollouts.roll-back': { sv: 'Gick tillbaka till förra versionen', en: 'Rolled back' },
  'audit.did.rollouts.open-wave': { sv: 'Öppnade nästa våg', en: 'Opened the next wave' },
  'audit.did.rollouts.stop': { sv: 'Stoppade en utrullning', en: 'Stopped a roll-out' },
  'audit.did.rollouts.resume': { sv: 'Lät en utrullning fortsätta', en: 'Let a roll-out go on' },
  'audit.did.rollouts.send-again': { sv: 'Skickade till en iPad igen', en: 'Sent to an iPad again' },
  'audit.did.assignments.exclude': {
    sv: 'Ändrade vilka iPads som undantas',
    en: 'Changed which iPads are left out',
  },
  'audit.did.devices.label': { sv: 'Satte etiketter på en iPad', en: 'Put labels on an iPad' },

  'refusal.target-empty': { sv: 'Ange minst en iPad.', en: 'Name at least one iPad.' },
  'refusal.assignment-ended': {
    sv: 'Tilldelningen är avslutad. Gör en ny.',
    en: 'This assignment has ended. Make a new one.',
  },
  'refusal.assignment-unknown': { sv: 'Tilldelningen finns inte.', en: 'There is no such assignment.' },
  'refusal.assigned-already': {
    sv: 'Den är redan tilldelad till dem. Rulla ut en annan version där i stället.',
    en: 'This is assigned to them already. Roll out another version there instead.',
  },
  'refusal.content-not-approved': {
    sv: 'Bara en godkänd version rullas ut. Låt en annan person godkänna den först.',
    en: 'Only an approved version is rolled out. Let a second person approve it first.',
  },
  'refusal.identifier-reserved': {
    sv: 'Identifieraren tillhör själva hanteringen; på en iPad skulle profilen ta dess plats.',
    en: 'This identifier is that of the management itself; on an iPad it would take its place.',
  },
  'refusal.labels-invalid': {
    sv: 'Högst 20 etiketter med högst 40 tecken var.',
    en: 'At most 20 labels of at most 40 characters.',
  },
  'refusal.rollout-unknown': { sv: 'Utrullningen finns inte.', en: 'There is no such roll-out.' },
  'refusal.rollout-ended': { sv: 'Utrullningen är över.', en: 'This roll-out is over.' },
  'refusal.rollout-running': {
    sv: 'En utrullning är mitt i sina vågor. Låt den bli klar, eller stoppa den först.',
    en: 'A roll-out of this is in the middle of its waves. Let it finish, or stop it first.',
  },
  'refusal.rollout-stopped': {
    sv: 'Utrullningen är stoppad. Låt den fortsätta först.',
    en: 'This roll-out is stopped. Let it go on first.',
  },
  'refusal.rollout-last-wave': { sv: 'Alla vågor är redan öppna.', en: 'Every wave is open already.' },
  'refusal.rollout-removal': {
    sv: 'Från en borttagning går det inte att gå tillbaka. Tilldela profilen igen.',
    en: 'A removal is not rolled back. Assign it again.',
  },
  'refusal.rollout-overtaken': {
    sv: 'En annan utrullning har kommit efter den här, eller så är den redan tillbakarullad.',
    en: 'Another roll-out has come after this one, or it was rolled back already.',
  },
  'refusal.placement-unknown': {
    sv: 'Inget av det är tänkt för den här iPaden.',
    en: 'Nothing of it is meant for this iPad.',
  },
  'refusal.placement-waits': {
    sv: 'Den kan inte skickas nu: dess våg har inte kommit, eller så är det något som hindrar.',
    en: 'It cannot be sent now: its wave has not come, or something stands against it.',
  },
} as const satisfies Record<string, Text>
