import { type NewPolicy } from '../../server/policies/policy.ts'

/** An invented security policy with the authority's checklist answered on `signedOn`, `YYYY-MM-DD` (R10, R13). */
export function demoPolicy(signedOn: string): NewPolicy {
  const line = (
    question: string,
    answer: NewPolicy['checklist'][number]['answer'],
    signedBy: string,
    comment?: string,
  ) => ({ question, answer, signedBy, signedOn, ...(comment !== undefined && { comment }) })
  return {
    title: 'Säkerhetspolicy för smarta enheter',
    text: [
      'Gäller alla iPads som kommunen lånar ut, och privata iPads som läser kommunens e-post.',
      '1. Lösenkod krävs. Efter tio felaktiga försök raderas iPaden.',
      '2. Möteshandlingar öppnas bara i hanterade appar och lämnar dem inte.',
      '3. En stulen iPad låses inom en timme från anmälan. Radering kräver två personer.',
      '4. E-post tas bara emot på kommunens egna adresser.',
      '5. Profiler skrivs av en person och godkänns av en annan.',
    ].join('\n\n'),
    checklist: [
      line('Skyddas iPaden av en lösenkod som inte går att välja bort?', 'yes', 'Orvar Lavskär'),
      line('Kan en förlorad iPad låsas och raderas på distans?', 'yes', 'Orvar Lavskär'),
      line('Är uppgifterna på iPaden krypterade?', 'yes', 'Orvar Lavskär'),
      line(
        'Krävs tvåfaktorsautentisering för att läsa sekretesshandlingar?',
        'partly',
        'Majken Tallvret',
        'Införs med den nya mötesappen. Till dess lämnas sekretesshandlingar på papper.',
      ),
      line('Är säkerhetskopior till privat molntjänst avstängda?', 'yes', 'Majken Tallvret'),
      line(
        'Har den som lånar fått veta vad kommunen kan se?',
        'yes',
        'Saga Videbrink',
        'Står i lathunden och i ansvarsförbindelsen.',
      ),
    ],
  }
}
