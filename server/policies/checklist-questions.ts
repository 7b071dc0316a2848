import { type Language } from '../organisations/organisation.ts'

// What an authority for data protection asks of those who let people carry records on tablets, in our own words.
const questions = [
  {
    sv: 'Har ni gått igenom vilka risker det innebär att handlingar finns på en iPad, och skrivit ner det?',
    en: 'Have you gone through the risks of keeping records on an iPad, and written them down?',
  },
  {
    sv: 'Finns det regler för vilka uppgifter som får finnas på en iPad, och vilka som aldrig får det?',
    en: 'Are there rules for what may be kept on an iPad, and what never may?',
  },
  {
    sv: 'Kräver varje iPad en lösenkod som den som lånar inte kan stänga av?',
    en: 'Does every iPad require a passcode that its borrower cannot turn off?',
  },
  {
    sv: 'Är uppgifterna krypterade, både på iPaden och på väg till och från den?',
    en: 'Is data encrypted, both on the iPad and on its way to and from it?',
  },
  {
    sv: 'Krävs en andra faktor för att läsa känsliga uppgifter och sekretesshandlingar?',
    en: 'Is a second factor required to read sensitive data and confidential papers?',
  },
  {
    sv: 'Kommer var och en bara åt de handlingar som uppdraget eller arbetet kräver?',
    en: 'Does each person reach only the papers that their mandate or work requires?',
  },
  {
    sv: 'Går det att se i efterhand vem som har läst eller ändrat känsliga uppgifter?',
    en: 'Can it be seen afterwards who has read or changed sensitive data?',
  },
  {
    sv: 'Kan en förlorad iPad låsas och raderas på distans, och vet alla vart de anmäler det?',
    en: 'Can a lost iPad be locked and erased from afar, and does everybody know where to report it?',
  },
  {
    sv: 'Hindras kommunens uppgifter från att kopieras till privata appar, konton och molntjänster?',
    en: "Is the municipality's data kept out of private apps, accounts and cloud services?",
  },
  {
    sv: 'Är det bestämt vilka appar som får användas, och vem som prövar nya?',
    en: 'Is it decided which apps may be used, and who examines new ones?',
  },
  {
    sv: 'Uppdateras iPadens system inom bestämd tid?',
    en: "Is the iPad's system updated within a set time?",
  },
  {
    sv: 'Finns det avtal med alla leverantörer som behandlar personuppgifter åt er?',
    en: 'Are there agreements with every supplier that processes personal data for you?',
  },
  {
    sv: 'Tas uppgifterna bort när de inte längre behövs, och när iPaden lämnas tillbaka?',
    en: 'Is data removed when it is no longer needed, and when the iPad is returned?',
  },
  {
    sv: 'Har de som lånar fått veta hur iPaden får användas, och vad kommunen kan se?',
    en: 'Have borrowers been told how the iPad may be used, and what the municipality can see?',
  },
  {
    sv: 'Följer ni upp att reglerna följs, och finns det någon som ansvarar för det?',
    en: 'Do you check that the rules are followed, and is somebody responsible for it?',
  },
] as const

/** The questions that a new checklist begins with (R13). */
export const checklistQuestions = (language: Language): string[] => questions.map(each => each[language])

/** Those of the questions that are not among `there`, in either language. */
export function furtherQuestions(there: readonly string[], language: Language): string[] {
  return questions
    .filter(({ sv, en }) => !there.includes(sv) && !there.includes(en))
    .map(each => each[language])
}
