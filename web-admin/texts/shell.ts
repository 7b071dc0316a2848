import { type Text } from './texts.ts'

export const shellTexts = {
  'app.name': { sv: 'Örnkoll', en: 'Örnkoll' },
  'app.skip': { sv: 'Hoppa till innehållet', en: 'Skip to the content' },
  'app.menu': { sv: 'Meny', en: 'Menu' },
  'app.main-menu': { sv: 'Huvudmeny', en: 'Main menu' },
  'app.change-organisation': { sv: 'Byt organisation', en: 'Change organisation' },
  'app.sign-out': { sv: 'Logga ut', en: 'Sign out' },
  'app.language': { sv: 'In English', en: 'På svenska' },
  'app.theme.dark': { sv: 'Mörkt läge', en: 'Dark mode' },
  'app.theme.light': { sv: 'Ljust läge', en: 'Light mode' },
  'app.busy': { sv: 'Arbetar …', en: 'Working …' },

  'nav.start': { sv: 'Start', en: 'Start' },
  'nav.hand-out': { sv: 'Utlämning', en: 'Hand-out' },
  'nav.returns': { sv: 'Återlämning', en: 'Returns' },
  'nav.theft': { sv: 'Stölder och fel', en: 'Thefts and faults' },
  'nav.approvals': { sv: 'Godkännanden', en: 'Approvals' },
  'nav.devices': { sv: 'iPads', en: 'iPads' },
  'nav.people': { sv: 'Personer', en: 'People' },
  'nav.bodies': { sv: 'Nämnder och bolag', en: 'Committees' },
  'nav.costs': { sv: 'Kostnader', en: 'Costs' },
  'nav.settings': { sv: 'Inställningar', en: 'Settings' },

  'form.errors': { sv: 'Det finns {count} saker att rätta', en: 'There are {count} things to correct' },
  'form.errors.one': { sv: 'Det finns en sak att rätta', en: 'There is one thing to correct' },
  'form.optional': { sv: 'valfritt', en: 'optional' },
  'form.choose': { sv: 'Välj …', en: 'Choose …' },
  'form.save': { sv: 'Spara', en: 'Save' },
  'form.cancel': { sv: 'Avbryt', en: 'Cancel' },
  'form.search': { sv: 'Sök', en: 'Search' },
  'form.clear': { sv: 'Rensa', en: 'Clear' },
  'form.error.empty': { sv: 'Fyll i ”{label}”.', en: 'Fill in “{label}”.' },
  'form.error.no-file': { sv: '{label}: välj en fil.', en: '{label}: choose a file.' },
  'form.error.string.email': {
    sv: '{label}: skriv en fullständig adress, som namn@kommun.se.',
    en: '{label}: write a full address, such as name@kommun.se.',
  },
  'form.error.string.min': {
    sv: '{label}: skriv minst {limit} tecken.',
    en: '{label}: write at least {limit} characters.',
  },
  'form.error.string.max': {
    sv: '{label}: skriv högst {limit} tecken.',
    en: '{label}: write at most {limit} characters.',
  },
  'form.error.any.only': {
    sv: '{label}: välj ett av alternativen.',
    en: '{label}: choose one of the options.',
  },
  'form.error.number.base': {
    sv: '{label}: skriv ett tal med siffror.',
    en: '{label}: write a number in digits.',
  },
  'form.error.number.integer': { sv: '{label}: skriv ett heltal.', en: '{label}: write a whole number.' },
  'form.error.number.min': {
    sv: '{label}: talet ska vara minst {limit}.',
    en: '{label}: the number must be at least {limit}.',
  },
  'form.error.number.max': {
    sv: '{label}: talet får vara högst {limit}.',
    en: '{label}: the number may be at most {limit}.',
  },
  'form.error.day': {
    sv: '{label}: skriv en dag, som 2026-11-22.',
    en: '{label}: write a day, such as 2026-11-22.',
  },
  'form.error.kronor': {
    sv: '{label}: skriv ett belopp, som 1 234,50.',
    en: '{label}: write an amount, such as 1 234,50.',
  },
  'form.error.other': {
    sv: 'Det som står i ”{label}” går inte att läsa.',
    en: 'What is written in “{label}” cannot be read.',
  },

  'error.400.title': {
    sv: 'Något i det du skickade går inte att läsa',
    en: 'Something you sent cannot be read',
  },
  'error.400.now': {
    sv: 'Gå tillbaka, kontrollera det du skrev och försök igen. Ingenting har ändrats.',
    en: 'Go back, check what you typed and try again. Nothing has been changed.',
  },
  'error.403.title': { sv: 'Det här får du inte göra', en: 'You may not do this' },
  'error.403.now': {
    sv: 'Din roll räcker inte, eller så har sidan legat öppen för länge. Ladda om sidan och försök igen, eller fråga er administratör om behörighet.',
    en: 'Your role does not allow it, or the page has been open for too long. Reload and try again, or ask your administrator for permission.',
  },
  'error.404.title': { sv: 'Sidan finns inte', en: 'This page does not exist' },
  'error.404.now': {
    sv: 'Länken kan vara gammal, eller så hör sidan till en annan organisation.',
    en: 'The link may be old, or the page may belong to another organisation.',
  },
  'error.409.title': { sv: 'Det går inte just nu', en: 'This is not possible right now' },
  'error.409.now': { sv: 'Ingenting har ändrats.', en: 'Nothing has been changed.' },
  'error.stale.title': { sv: 'Någon hann före', en: 'Somebody else was first' },
  'error.stale.now': {
    sv: 'Gå tillbaka, ladda om sidan och se hur det ser ut nu. Ingenting har ändrats.',
    en: 'Go back, reload the page and see how things stand now. Nothing has been changed.',
  },
  'error.413.title': { sv: 'Filen är för stor', en: 'The file is too large' },
  'error.413.now': {
    sv: 'Gå tillbaka och välj en mindre fil. Ingenting har ändrats.',
    en: 'Go back and choose a smaller file. Nothing has been changed.',
  },
  'error.422.title': { sv: 'Det gick inte att spara', en: 'It could not be saved' },
  'error.422.now': {
    sv: 'Gå tillbaka, rätta uppgiften och försök igen. Ingenting har ändrats.',
    en: 'Go back, correct it and try again. Nothing has been changed.',
  },
  'error.unread.title': { sv: 'Det går inte att visa', en: 'It cannot be shown' },
  'error.unread.now': {
    sv: 'Länken kan vara gammal eller ändrad. Gå tillbaka och öppna sidan på nytt.',
    en: 'The link may be old or changed. Go back and open the page again.',
  },
  'error.429.title': { sv: 'För många försök', en: 'Too many attempts' },
  'error.429.now': {
    sv: 'Vänta en kvart och försök igen. Ingenting har ändrats.',
    en: 'Wait a quarter of an hour and try again. Nothing has been changed.',
  },
  'error.500.title': { sv: 'Något gick fel hos oss', en: 'Something went wrong on our side' },
  'error.500.now': {
    sv: 'Kontrollera om det blev gjort innan du försöker igen. Händer det igen, skicka numret nedan till er support.',
    en: 'Check whether it was done before you try again. If it happens again, send the number below to your support.',
  },
  'error.reference': { sv: 'Felnummer', en: 'Reference' },
  'error.to-start': { sv: 'Till startsidan', en: 'To the start page' },
  'error.to-sign-in': { sv: 'Till inloggningen', en: 'To the sign-in page' },

  'list.showing': { sv: 'Visar {count}', en: 'Showing {count}' },
  'list.next': { sv: 'Nästa sida', en: 'Next page' },
  'list.first': { sv: 'Till början', en: 'Back to the beginning' },
  'list.pages': { sv: 'Sidor', en: 'Pages' },
  'list.all': { sv: 'Alla', en: 'All' },
  'refusal.too-many-tries': {
    sv: 'Det har gjorts för många felaktiga försök från nätet du är på.',
    en: 'There have been too many failed attempts from the network you are on.',
  },
  'refusal.foreign-origin': {
    sv: 'Begäran kom från en annan webbplats och avvisades.',
    en: 'This request came from another site and was refused.',
  },
  'refusal.bad-cursor': {
    sv: 'Listan har ändrats. Börja om från början.',
    en: 'The list has changed. Start again from the beginning.',
  },
  'refusal.organisation-invalid': {
    sv: 'Inställningarna är inte rätt ifyllda. Rätta dem och spara igen.',
    en: 'The settings are not filled in correctly. Correct them and save again.',
  },
  'refusal.organisation-unknown': { sv: 'Organisationen finns inte.', en: 'There is no such organisation.' },
  'refusal.stale': {
    sv: 'Någon annan har sparat en ändring medan du skrev. Ladda om sidan och gör om din ändring.',
    en: 'Somebody else saved a change while you were writing. Reload the page and make your change again.',
  },
} as const satisfies Record<string, Text>
