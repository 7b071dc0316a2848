import { type Text } from './texts.ts'

export const policyTexts = {
  'policies.title': { sv: 'Säkerhetspolicy', en: 'Security policy' },
  'policies.lead': {
    sv: 'Varje profil godkänns enligt en version av policyn. Versionen ska vara godkänd av någon annan än den som skrev den.',
    en: 'Every profile is approved under a version of the policy. That version must be approved by somebody other than its writer.',
  },
  'policies.write': { sv: 'Skriv ny version', en: 'Write a new version' },
  'policies.write.first': { sv: 'Skriv en säkerhetspolicy', en: 'Write a security policy' },
  'policies.write.lead.first': {
    sv: 'En sparad version kan inte ändras, men en ny kan skrivas när som helst.',
    en: 'A saved version cannot be changed, but a new one can be written at any time.',
  },
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
    sv: 'Frågor av det slag som tillsynsmyndigheten ställer. Ändra dem, ta bort dem eller lägg till egna; rader utan fråga tas inte med. Varje nytt eller ändrat svar sparas i ditt namn med dagens datum. Policyn kan godkännas när alla frågor har ett svar.',
    en: 'Questions of the kind that the supervisory authority asks. Change them, remove them or add your own; lines without a question are left out. Each new or changed answer is kept in your name with the date of today. The policy can be approved when every question has an answer.',
  },
  'policy.checklist.none': { sv: 'Ingen checklista.', en: 'No checklist.' },
  'policy.left-out': {
    sv: 'Frågor ur den färdiga listan som inte är med: {count}',
    en: 'Questions of the ready-made list that are not in it: {count}',
  },
  'policy.left-out.before': {
    sv: 'Frågor ur den färdiga listan som inte är med: {count}. De står sist på sidan. Se efter att de inte gäller er, innan du godkänner.',
    en: 'Questions of the ready-made list that are not in it: {count}. They stand at the end of the page. Make sure that they do not concern you before you approve.',
  },
  'policy.line': { sv: 'Rad {number}', en: 'Line {number}' },
  'policy.question': { sv: 'Fråga', en: 'Question' },
  'policy.answer': { sv: 'Svar', en: 'Answer' },
  'policy.answer.yes': { sv: 'Ja', en: 'Yes' },
  'policy.answer.no': { sv: 'Nej', en: 'No' },
  'policy.answer.partly': { sv: 'Delvis', en: 'Partly' },
  'policy.answer.not-applicable': { sv: 'Gäller inte', en: 'Does not apply' },
  'policy.comment': { sv: 'Kommentar', en: 'Comment' },
  'policy.unanswered': { sv: 'Inte besvarad', en: 'Not answered' },
  'policy.signed': { sv: 'Senast besvarad av {name} {day}.', en: 'Last answered by {name} on {day}.' },
  'policy.signed-by': { sv: 'Besvarad av', en: 'Answered by' },
  'policy.signed-on': { sv: 'Dag', en: 'Day' },
  'policy.written': { sv: 'Skriven', en: 'Written' },
  'policy.approved': { sv: 'Godkänd', en: 'Approved' },
  'policy.approve': { sv: 'Godkänn policyn', en: 'Approve the policy' },
  'policy.approve.text': {
    sv: 'Då kan profiler godkännas enligt den. Det går inte att ångra.',
    en: 'Profiles can then be approved under it. This cannot be undone.',
  },
  'policy.approve.superseded': {
    sv: 'En nyare version gäller redan.',
    en: 'A newer version is already in force.',
  },
  'refusal.policy-stale': {
    sv: 'En kollega har sparat en nyare version medan du skrev. Jämför dina svar med den, och spara igen.',
    en: 'A colleague has saved a newer version while you were writing. Compare your answers with it, and save again.',
  },
  'policy.approve.own': {
    sv: 'Du har skrivit i den här versionen, så någon annan måste godkänna den.',
    en: 'You wrote in this version, so another person must approve it.',
  },
  'policy.approve.unanswered': {
    sv: 'Checklistan har frågor utan svar, eller saknar frågor. Skriv en ny version med alla svar, så kan den godkännas.',
    en: 'The checklist has questions without an answer, or no questions. Write a new version with all answers, and it can be approved.',
  },
  'policies.former': {
    sv: 'Profiler som står under en äldre policy',
    en: 'Profiles that stand under an older policy',
  },
  'policies.former.text': {
    sv: 'De gäller fortfarande på iPads. Spara en ny version av dem och låt någon annan godkänna den enligt den policy som gäller nu.',
    en: 'They still apply on iPads. Save a new version of them, and have somebody else approve it under the policy that is in force now.',
  },
  'policies.former.line': {
    sv: 'version {version}, godkänd enligt policyns version {policy}',
    en: 'version {version}, approved under version {policy} of the policy',
  },
  'said.policy-written': {
    sv: 'Versionen är sparad som utkast.',
    en: 'The version has been saved as a draft.',
  },
  'said.policy-approved': { sv: 'Policyn är godkänd.', en: 'The policy has been approved.' },
} as const satisfies Record<string, Text>
