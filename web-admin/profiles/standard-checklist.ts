import { type Words } from '../../profiles/catalogue/notation.ts'

/**
 * What a supervisory authority asks of a municipality that reads personal data on smart devices (R13): offered when the
 * first policy is written, in the words of the language it is written in. What does not apply is answered so, or taken
 * out; what the organisation asks besides is added.
 */
export const standardChecklist: readonly Words[] = [
  [
    'Har ni bedömt vilka uppgifter som får läsas på iPads, och vilka som inte får det?',
    'Have you assessed which data may be read on iPads, and which may not?',
  ],
  [
    'Vet alla som lånar vad som gäller, och har de fått utbildning?',
    'Do all borrowers know the rules, and have they been trained?',
  ],
  [
    'Skyddas varje iPad av en lösenkod som inte går att stänga av?',
    'Is every iPad protected by a passcode that cannot be turned off?',
  ],
  [
    'Är uppgifterna krypterade, både på iPaden och när de skickas?',
    'Is data encrypted, both on the iPad and while it is sent?',
  ],
  ['Krävs två steg för att läsa känsliga handlingar?', 'Are two steps required to read sensitive papers?'],
  ['Kan en förlorad iPad låsas och raderas på distans?', 'Can a lost iPad be locked and erased remotely?'],
  [
    'Vet alla vart och hur snabbt en förlust ska anmälas, även på natten?',
    'Does everybody know where and how soon a loss must be reported, at night as well?',
  ],
  [
    'Hålls arbetets handlingar skilda från privata appar och konton?',
    'Are work papers kept apart from private apps and accounts?',
  ],
  [
    'Är säkerhetskopior till privata molntjänster avstängda?',
    'Are backups to private cloud services turned off?',
  ],
  ['Väljer ni vilka appar som får användas i arbetet?', 'Do you choose which apps may be used for work?'],
  ['Installeras säkerhetsuppdateringar i tid?', 'Are security updates installed in time?'],
  [
    'Hämtas iPadens plats bara när den är anmäld som stulen eller förlorad?',
    'Is the position of an iPad fetched only while it is reported stolen or lost?',
  ],
  [
    'Loggas vem som har sett och ändrat personuppgifter, och följs loggen upp?',
    'Is it logged who has seen and changed personal data, and is the log reviewed?',
  ],
  [
    'Finns avtal med alla leverantörer som behandlar personuppgifter åt er?',
    'Are there agreements with all suppliers that process personal data for you?',
  ],
  [
    'Raderas iPaden när den lämnas tillbaka, byter låntagare eller avvecklas?',
    'Is the iPad erased when it is returned, changes borrower or is retired?',
  ],
]
