import { type TemplateFacts } from '../../profiles/templates/template.ts'

/** UUIDs 1, 2, 3 … in the form of UUIDs. */
export function countingUuids(): () => string {
  let last = 0
  return () => `00000000-0000-4000-8000-${String((last += 1)).padStart(12, '0')}`
}

/** Facts of an invented municipality. */
export const templateFacts = (changes: Partial<TemplateFacts> = {}): TemplateFacts => ({
  organisationName: 'Ekeby kommun',
  domainReversed: 'se.example.ekeby',
  mailServer: 'outlook.example.se',
  mailDomains: ['ekeby.example.se'],
  apps: [
    'se.example.meetings',
    'se.example.papers',
    'com.microsoft.Office.Outlook',
    'se.example.map',
    'se.example.notes',
  ],
  helpUrl: 'https://ekeby.example.se/ipad',
  returnTo: 'Tillhör Ekeby kommun. Lämnas i stadshusets reception.',
  newUuid: countingUuids(),
  ...changes,
})
