import { type Text } from './texts.ts'

export const confidentialPaperTexts = {
  'api.tag.confidential-papers': { sv: 'Sekretesshandlingar', en: 'Confidential papers' },
  'papers.title': { sv: 'Sekretesshandlingar', en: 'Confidential papers' },
  'papers.lead': {
    sv: 'Om sekretesshandlingar får läsas på varje ansluten iPad, och annars vad som saknas.',
    en: 'Whether confidential papers may be read on each enrolled iPad, and if not, what is missing.',
  },
  'papers.open': { sv: 'Sekretesshandlingar', en: 'Confidential papers' },
  'papers.empty.title': { sv: 'Inga anslutna iPads', en: 'No enrolled iPads' },
  'papers.empty.text': {
    sv: 'När en iPad har anslutits syns den här.',
    en: 'Once an iPad has enrolled it is shown here.',
  },
  'papers.yes': { sv: 'Får läsas', en: 'May be read' },
  'papers.no': { sv: 'Får inte läsas', en: 'May not be read' },
  'papers.conditions': {
    sv: 'Villkoren, och vilka som är uppfyllda',
    en: 'The conditions, and which are met',
  },
  'papers.why': { sv: 'Det här saknas', en: 'What is missing' },
  'papers.group.two-factor': { sv: 'Två faktorer', en: 'Two factors' },
  'papers.group.access-control': { sv: 'Behörighet', en: 'Access control' },
  'papers.group.compliance': { sv: 'Säkra inställningar', en: 'Secure settings' },
  'papers.met.enrolled': {
    sv: 'iPaden är ansluten med en egen identitet.',
    en: 'The iPad is enrolled with an identity of its own.',
  },
  'papers.lacks.enrolled': { sv: 'iPaden är inte ansluten.', en: 'The iPad is not enrolled.' },
  'papers.answered': { sv: 'Svarade {when}.', en: 'Answered on {when}.' },
  'organisation.papers.system': {
    sv: 'Äldsta iPadOS som får användas',
    en: 'Oldest iPadOS that may be used',
  },
  'organisation.papers.system.hint': {
    sv: 'Handlingarna får inte läsas på en iPad med ett äldre system, till exempel 18.0.',
    en: 'The papers may not be read on an iPad with an older system, for example 18.0.',
  },
  'organisation.papers.days': {
    sv: 'Så många dagar gäller iPadens svar',
    en: 'Days that an iPad’s answer counts',
  },
  'organisation.papers.days.hint': {
    sv: 'Varje iPad tillfrågas om sin lösenkod en gång om dagen. Ett äldre svar bevisar ingenting.',
    en: 'Each iPad is asked about its passcode once a day. An older answer proves nothing.',
  },
  'reason.system-form': {
    sv: 'Skriv en version av iPadOS, till exempel 18.0 eller 17.7.10.',
    en: 'Write a version of iPadOS, such as 18.0 or 17.7.10.',
  },
  'form.error.system-form': {
    sv: '{label}: skriv en version av iPadOS, till exempel 18.0 eller 17.7.10.',
    en: '{label}: write a version of iPadOS, such as 18.0 or 17.7.10.',
  },
  'reason.days-90': {
    sv: 'Skriv ett heltal mellan 1 och 90.',
    en: 'Write a whole number between 1 and 90.',
  },
  'papers.met.passcode': {
    sv: 'En lösenkod är satt och följer kraven.',
    en: 'A passcode is set and meets the requirements.',
  },
  'papers.lacks.passcode': {
    sv: 'iPaden har inte visat på senare tid att en lösenkod är satt och följer kraven.',
    en: 'The iPad has not shown lately that a passcode is set and meets the requirements.',
  },
  'papers.met.borrower': {
    sv: 'Låntagaren har skrivit under ansvarsförbindelsen.',
    en: 'The borrower has signed the liability form.',
  },
  'papers.lacks.borrower': {
    sv: 'Ingen låntagare har iPaden med en underskriven ansvarsförbindelse.',
    en: 'No borrower holds the iPad with a signed liability form.',
  },
  'papers.met.no-case': { sv: 'Inget ärende om iPaden pågår.', en: 'No case about the iPad is open.' },
  'papers.lacks.no-case': { sv: 'Ett ärende om iPaden pågår.', en: 'A case about the iPad is open.' },
  'papers.met.encrypted': { sv: 'Innehållet är krypterat.', en: 'What is on it is encrypted.' },
  'papers.lacks.encrypted': {
    sv: 'iPaden har inte visat att innehållet är krypterat.',
    en: 'The iPad has not shown that what is on it is encrypted.',
  },
  'papers.met.supervised': { sv: 'iPaden är övervakad.', en: 'The iPad is supervised.' },
  'papers.lacks.supervised': {
    sv: 'iPaden har inte visat att den är övervakad.',
    en: 'The iPad has not shown that it is supervised.',
  },
  'papers.met.system': { sv: 'Systemet är tillräckligt nytt.', en: 'The system is new enough.' },
  'papers.lacks.system': {
    sv: 'Systemet är äldre än vad organisationen kräver, eller okänt.',
    en: 'The system is older than the organisation requires, or unknown.',
  },
  'papers.met.not-lost': {
    sv: 'iPaden är inte stulen eller borta, inte i förlorat läge och ska inte raderas.',
    en: 'The iPad is not stolen or lost, not in lost mode and not about to be wiped.',
  },
  'papers.lacks.not-lost': {
    sv: 'iPaden är stulen eller borta, i förlorat läge eller ska raderas.',
    en: 'The iPad is stolen or lost, in lost mode or about to be wiped.',
  },
  'papers.met.heard': {
    sv: 'Den har hört av sig de senaste två veckorna.',
    en: 'It has been in touch within two weeks.',
  },
  'papers.lacks.heard': {
    sv: 'iPaden har inte hört av sig på två veckor.',
    en: 'The iPad has not been in touch for two weeks.',
  },
  'papers.met.security-profile': {
    sv: 'En profil som kräver lösenkod är bekräftad på iPaden.',
    en: 'A profile that demands a passcode is confirmed on the iPad.',
  },
  'papers.lacks.security-profile': {
    sv: 'Ingen profil som kräver lösenkod är bekräftad på iPaden.',
    en: 'No profile that demands a passcode is confirmed on the iPad.',
  },
  'papers.met.profiles-right': {
    sv: 'Ingen profil har misslyckats eller avviker.',
    en: 'No profile has failed or differs.',
  },
  'papers.lacks.profiles-right': {
    sv: 'En profil har misslyckats eller avviker.',
    en: 'A profile has failed or differs.',
  },
} as const satisfies Record<string, Text>
