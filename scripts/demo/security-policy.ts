import { checklistQuestions } from '../../server/policies/checklist-questions.ts'
import { type NewPolicy } from '../../server/policies/policy.ts'

/** An invented security policy with the authority's checklist answered (R10, R13). */
export function demoPolicy(): NewPolicy {
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
    checklist: checklistQuestions('sv').map((question, at) => ({
      question,
      answer: 'yes' as const,
      ...answered[at],
    })),
  }
}

/** What is not a plain yes, by the number of the question, from 0. */
const answered: Readonly<Record<number, Partial<NewPolicy['checklist'][number]>>> = {
  4: {
    answer: 'partly',
    comment: 'Införs med den nya mötesappen. Till dess lämnas sekretesshandlingar på papper.',
  },
  6: { comment: 'Av ärendesystemets logg.' },
  11: { answer: 'partly', comment: 'Ett avtal om appar är på väg.' },
  13: { comment: 'Står i lathunden och i ansvarsförbindelsen.' },
}
