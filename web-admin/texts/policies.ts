import { type Text } from './texts.ts'

export const policyTexts = {
  'policies.title': { sv: 'Säkerhetspolicy', en: 'Security policy' },
  'policies.lead': {
    sv: 'Varje profil godkänns enligt en version av policyn. Versionen ska vara godkänd av någon annan än den som skrev den.',
    en: 'Every profile is approved under a version of the policy. That version must be approved by somebody other than its writer.',
  },
  'policies.write': { sv: 'Skriv ny version', en: 'Write a new version' },
  'policies.write.lead': {
    sv: 'En sparad version kan inte ändras. Den förra är ifylld.',
    en: 'A saved version cannot be changed. The previous one is filled in.',
  },
  'policies.empty.title': { sv: 'Ingen säkerhetspolicy ännu', en: 'No security policy yet' },
  'policies.empty.text': {
    sv: 'Skriv den första, så att profiler kan godkännas enligt den.',
    en: 'Write the first one, so that profiles can be approved under it.',
  },
  'policy.title': { sv: 'Rubrik', en: 'Title' },
  'policy.text': { sv: 'Policyn', en: 'The policy' },
  'policy.text.hint': { sv: 'Vad som gäller för era iPads', en: 'What applies to your iPads' },
  'policy.checklist': { sv: 'Checklista', en: 'Checklist' },
  'policy.checklist.text': {
    sv: 'Myndighetens frågor, besvarade för den här versionen. Rader utan fråga tas inte med.',
    en: 'The questions of the authority, answered for this version. Lines without a question are left out.',
  },
  'policy.checklist.none': { sv: 'Ingen checklista.', en: 'No checklist.' },
  'policy.line': { sv: 'Rad {number}', en: 'Line {number}' },
  'policy.line.wrong': {
    sv: 'Rad {number}: välj svar och skriv vem som ansvarar för det och vilken dag.',
    en: 'Line {number}: choose an answer and write who is responsible for it, and the day.',
  },
  'policy.question': { sv: 'Fråga', en: 'Question' },
  'policy.answer': { sv: 'Svar', en: 'Answer' },
  'policy.answer.yes': { sv: 'Ja', en: 'Yes' },
  'policy.answer.no': { sv: 'Nej', en: 'No' },
  'policy.answer.partly': { sv: 'Delvis', en: 'Partly' },
  'policy.answer.not-applicable': { sv: 'Gäller inte', en: 'Does not apply' },
  'policy.comment': { sv: 'Kommentar', en: 'Comment' },
  'policy.signed-by': { sv: 'Vem ansvarar för svaret', en: 'Who is responsible for it' },
  'policy.signed-on': { sv: 'Dag', en: 'Day' },
  'policy.written': { sv: 'Skriven', en: 'Written' },
  'policy.approved': { sv: 'Godkänd', en: 'Approved' },
  'policy.approve': { sv: 'Godkänn policyn', en: 'Approve the policy' },
  'policy.approve.text': {
    sv: 'Då kan profiler godkännas enligt den. Det går inte att ångra.',
    en: 'Profiles can then be approved under it. This cannot be undone.',
  },
  'policy.approve.own': {
    sv: 'Du har skrivit den, så någon annan måste godkänna den.',
    en: 'You wrote it, so another person must approve it.',
  },
  'said.policy-written': {
    sv: 'Versionen är sparad som utkast.',
    en: 'The version has been saved as a draft.',
  },
  'said.policy-approved': { sv: 'Policyn är godkänd.', en: 'The policy has been approved.' },
} as const satisfies Record<string, Text>
