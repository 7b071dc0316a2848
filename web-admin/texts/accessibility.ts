import { type Text } from './texts.ts'

export const accessibilityTexts = {
  'accessibility.title': { sv: 'Tillgänglighet', en: 'Accessibility' },
  'accessibility.lead': {
    sv: 'Så fungerar Örnkoll för dig som ser, hör, rör dig eller tänker på olika sätt.',
    en: 'How Örnkoll works for people who see, hear, move or think in different ways.',
  },
  'accessibility.law': {
    sv: 'Kommunen som använder Örnkoll ska se till att webbplatsen går att använda av alla. Det följer av lagen (2018:1937) om tillgänglighet till digital offentlig service. Kraven står i den europeiska standarden EN 301 549, som bygger på WCAG 2.1, nivå AA.',
    en: 'The municipality that uses Örnkoll must make sure that everyone can use the site. This follows from the Swedish Act (2018:1937) on Accessibility of Digital Public Services. The requirements are set out in the European standard EN 301 549, which builds on WCAG 2.1, level AA.',
  },
  'accessibility.state.title': { sv: 'Hur tillgänglig är webbplatsen?', en: 'How accessible is the site?' },
  'accessibility.state': {
    sv: 'Webbplatsen är delvis förenlig med lagen. Det som återstår står under ”Det som inte fungerar”.',
    en: 'The site partly complies with the act. What remains is listed under “What does not work”.',
  },
  'accessibility.works.title': { sv: 'Det som fungerar', en: 'What works' },
  'accessibility.works.keyboard': {
    sv: 'Allt går att göra med tangentbord, och det syns var du är.',
    en: 'Everything can be done with a keyboard, and you can see where you are.',
  },
  'accessibility.works.zoom': {
    sv: 'Sidorna går att läsa förstorade och på en smal skärm utan att rullas i sidled. Breda tabeller rullas för sig.',
    en: 'Pages can be read enlarged and on a narrow screen without scrolling sideways. Wide tables scroll by themselves.',
  },
  'accessibility.works.contrast': {
    sv: 'Text har tillräcklig kontrast i ljust och mörkt läge, och inget visas bara med färg.',
    en: 'Text has enough contrast in light and dark mode, and nothing is shown by colour alone.',
  },
  'accessibility.works.forms': {
    sv: 'Fält har etiketter, fel beskrivs i ord intill fältet, och det du har skrivit finns kvar.',
    en: 'Fields have labels, mistakes are described in words beside the field, and what you typed is kept.',
  },
  'accessibility.works.sign': {
    sv: 'Den som inte kan rita sin underskrift skriver sitt namn i stället. Det finns ingen tidsgräns.',
    en: 'Anyone who cannot draw a signature can type their name instead. There is no time limit.',
  },
  'accessibility.works.motion': {
    sv: 'Ingenting blinkar, och om du har valt bort rörelse på din dator gäller det här också.',
    en: 'Nothing flashes, and if you have turned off motion on your computer it is turned off here too.',
  },
  'accessibility.fails.title': { sv: 'Det som inte fungerar', en: 'What does not work' },
  'accessibility.fails.plot': {
    sv: 'Bilden av var en stulen iPad har varit går inte att läsa med hjälpmedel. Samma uppgifter finns som text intill.',
    en: 'The picture of where a stolen iPad has been cannot be read with assistive technology. The same details are given beside it as text.',
  },
  'accessibility.fails.files': {
    sv: 'Tabeller som hämtas som CSV saknar den uppmärkning som sidorna har. Samma tabeller finns som sidor.',
    en: 'Tables that are fetched as CSV lack the structure that the pages have. The same tables are there as pages.',
  },
  'accessibility.fails.people': {
    sv: 'Webbplatsen har inte testats av personer som använder skärmläsare, förstoring eller röststyrning i vardagen.',
    en: 'The site has not been tested by people who use a screen reader, magnification or voice control every day.',
  },
  'accessibility.tell.title': {
    sv: 'Säg till om något inte fungerar',
    en: 'Tell us if something does not work',
  },
  'accessibility.tell': {
    sv: 'Vänd dig till kommunens it-support eller till den som gav dig ditt konto. Du kan också få uppgifterna på ett annat sätt. Beskriv vad du ville göra och vad som hände, så svarar kommunen så snart som möjligt.',
    en: 'Contact the IT support of the municipality or the person who gave you your account. You can also get the information in another way. Describe what you wanted to do and what happened, and the municipality will answer as soon as it can.',
  },
  'accessibility.tell.organisation': {
    sv: 'Du är inloggad hos {name}, som svarar för webbplatsen.',
    en: 'You are signed in at {name}, which is responsible for the site.',
  },
  'accessibility.watch.title': { sv: 'Tillsyn', en: 'Supervision' },
  'accessibility.watch': {
    sv: 'Myndigheten för digital förvaltning, Digg, ser till att lagen följs. Är du inte nöjd med hur kommunen har svarat kan du anmäla det till dem.',
    en: 'The Agency for Digital Government, Digg, makes sure that the act is followed. If you are not satisfied with the municipality’s answer, you can report it to them.',
  },
  'accessibility.watch.link': { sv: 'Anmäl till Digg', en: 'Report to Digg' },
  'accessibility.how.title': { sv: 'Så har webbplatsen testats', en: 'How the site has been tested' },
  'accessibility.how': {
    sv: 'Vi har testat webbplatsen själva. Varje sida granskas automatiskt på svenska och engelska, i ljust och mörkt läge och på en smal skärm, varje gång programmet ändras. Utlämning, stöldanmälan, beslut och kostnader testas med enbart tangentbord.',
    en: 'We have tested the site ourselves. Every page is checked automatically in Swedish and English, in light and dark mode and on a narrow screen, each time the program is changed. Hand-out, theft report, decision and costs are tested with the keyboard alone.',
  },
  'accessibility.email': { sv: 'E-post', en: 'E-mail' },
  'accessibility.phone': { sv: 'Telefon', en: 'Telephone' },
  'accessibility.reviewed': {
    sv: '{name} gick igenom den senast {on}.',
    en: '{name} last reviewed it on {on}.',
  },
  'organisation.accessibility': { sv: 'Tillgänglighetsredogörelsen', en: 'Accessibility statement' },
  'organisation.accessibility.text': {
    sv: 'Lagen kräver att den säger vem man vänder sig till. Produktens egna brister står där redan.',
    en: 'The law requires it to say whom to contact. The known faults of the product are listed already.',
  },
  'organisation.accessibility.see': { sv: 'Läs redogörelsen', en: 'Read the statement' },
  'organisation.accessibility.reviewed': { sv: 'Senast genomgången', en: 'Last reviewed' },
  'organisation.accessibility.faults': { sv: 'Egna kända brister', en: 'Known faults of your own' },
  'organisation.accessibility.faults.hint': {
    sv: 'En på varje rad, till exempel om guider ni har lagt in själva',
    en: 'One on each line, for example about guides that you have added',
  },
  'form.error.mail-form': {
    sv: '{label} ska vara en e-postadress, som namn@example.se.',
    en: '{label} must be an e-mail address, such as name@example.se.',
  },
  'form.error.day-form': {
    sv: '{label} ska vara ett datum, som 2026-11-22.',
    en: '{label} must be a date, such as 2026-11-22.',
  },
  'form.error.lines-20': {
    sv: 'Skriv högst 20 olika rader med högst 300 tecken var.',
    en: 'Write at most 20 different lines of at most 300 characters.',
  },
  'reason.mail-form': {
    sv: 'En e-postadress ser ut som namn@example.se.',
    en: 'An e-mail address looks like name@example.se.',
  },
  'reason.lines-20': {
    sv: 'Skriv högst 20 olika rader med högst 300 tecken var.',
    en: 'Write at most 20 different lines of at most 300 characters.',
  },
  'accessibility.when': {
    sv: 'Redogörelsen skrevs den 22 november 2026 och gäller Örnkoll 0.1.0.',
    en: 'This statement was written on 22 November 2026 and applies to Örnkoll 0.1.0.',
  },
} as const satisfies Record<string, Text>
