import { type Text } from './texts.ts'

/** Why a field or a row of a file is not right, by the code that the slice gives. */
export const reasonTexts = {
  'reason.serial-form': {
    sv: 'Ett serienummer har 8–14 bokstäver och siffror.',
    en: 'A serial number has 8–14 letters and digits.',
  },
  'reason.serial-missing': { sv: 'Serienumret saknas.', en: 'The serial number is missing.' },
  'reason.tag-length': { sv: 'En märkning har 1–40 tecken.', en: 'A tag has 1–40 characters.' },
  'reason.model-length': { sv: 'En modell har 1–100 tecken.', en: 'A model has 1–100 characters.' },
  'reason.theft-mark-length': {
    sv: 'En stöldmärkning har högst 60 tecken.',
    en: 'A theft mark has at most 60 characters.',
  },
  'reason.warranty-day': {
    sv: 'Garantins sista dag skrivs som 2027-06-30.',
    en: 'The last day of the warranty is written as 2027-06-30.',
  },
  'reason.purchase-day': {
    sv: 'Inköpsdagen skrivs som 2026-06-30.',
    en: 'The day of purchase is written as 2026-06-30.',
  },
  'reason.purchase-whole': {
    sv: 'Ett inköp behöver både dag och pris.',
    en: 'A purchase needs both a day and a price.',
  },
  'reason.price-whole': {
    sv: 'Priset går inte att läsa. Skriv kronor och ören, som 4995,50.',
    en: 'The price cannot be read. Write kronor and öre, such as 4995,50.',
  },
  'reason.price-negative': { sv: 'Priset får inte vara negativt.', en: 'The price cannot be negative.' },
  'reason.no-price': {
    sv: '”{cell}” är inte ett pris. Skriv det som 4995,50.',
    en: '“{cell}” is not a price. Write it as 4995,50.',
  },
  'reason.price-two-ways': {
    sv: '”{cell}” kan läsas på två sätt. Skriv alla siffror ihop, som 4995 eller 4995,50.',
    en: '“{cell}” can be read in two ways. Write all digits together, like 4995 or 4995,50.',
  },
  'reason.no-day': {
    sv: '”{cell}” är inte en dag. Skriv den som 2026-03-01.',
    en: '“{cell}” is not a day. Write it as 2026-03-01.',
  },
  'reason.no-count': { sv: '”{cell}” är inte ett heltal.', en: '“{cell}” is not a whole number.' },
  'reason.no-choice': {
    sv: '”{cell}” går inte att tolka. Välj mellan {examples}.',
    en: '“{cell}” cannot be understood. Choose one of {examples}.',
  },
  'reason.row-too-short': {
    sv: 'Raden har {cells} celler och rubrikraden {header}: ett skiljetecken saknas.',
    en: 'The row has {cells} cells and the header {header}: a separator is missing.',
  },
  'reason.row-too-long': {
    sv: 'Raden har {cells} celler och rubrikraden {header}: en cell innehåller skiljetecknet.',
    en: 'The row has {cells} cells and the header {header}: a cell contains the separator.',
  },
  'reason.column-missing': {
    sv: 'Filen har ingen kolumn för {columns}. Rubrikerna är: {found}.',
    en: 'The file has no column for {columns}. Its headings are: {found}.',
  },
  'reason.column-twice': {
    sv: 'Två kolumner betyder {column}: behåll en av dem.',
    en: 'Two columns mean {column}: keep one of them.',
  },
  'reason.cell-missing': { sv: '{column} saknas.', en: '{column} is missing.' },
  'reason.same-serial': {
    sv: 'Rad {row} har samma serienummer.',
    en: 'Row {row} has the same serial number.',
  },
  'reason.same-tag': { sv: 'Rad {row} har samma märkning.', en: 'Row {row} has the same tag.' },
  'reason.tag-elsewhere': {
    sv: 'Märkningen sitter redan på {serial}.',
    en: 'The tag is already on {serial}.',
  },
  'reason.ownership-missing': {
    sv: 'iPaden är borttappad eller stulen. Vems den är kan ändras när den är tillbaka.',
    en: 'The iPad is lost or stolen. Whose it is can be changed when it is back.',
  },
  'reason.ownership-managed': {
    sv: 'iPaden är ansluten, så vems den är ändras inte. Lämna över den först om den är såld, eller låt ta bort hanteringen på själva iPaden, ändra här och anslut den igen.',
    en: 'The iPad is managed, so whose it is stays as it is. Hand it over first if it is sold, or have the management removed on the iPad itself, change this and enrol it again.',
  },
  'reason.ipad-foreign': {
    sv: 'iPaden tillhör en annan organisation.',
    en: 'The iPad belongs to another organisation.',
  },
  'reason.given-name-length': { sv: 'Ett förnamn har 1–80 tecken.', en: 'A given name has 1–80 characters.' },
  'reason.family-name-length': {
    sv: 'Ett efternamn har 1–80 tecken.',
    en: 'A family name has 1–80 characters.',
  },
  'reason.email-form': {
    sv: 'En e-postadress ser ut som anna.berg@kommun.example.',
    en: 'An e-mail address looks like anna.berg@kommun.example.',
  },
  'reason.phone-form': {
    sv: 'Ett telefonnummer ser ut som 070-123 45 67.',
    en: 'A phone number looks like 070-123 45 67.',
  },
  'reason.family-name-handle': {
    sv: 'Det är koden som visas i stället för namnet. Skriv namnet.',
    en: 'This is the code shown instead of the name. Write the name.',
  },
  'reason.person-named-otherwise': {
    sv: 'E-postadressen hör till någon med ett annat namn, i en annan organisations register. Fråga personen hur namnet skrivs och om adressen stämmer.',
    en: 'The e-mail address belongs to somebody with another name, in the register of another organisation. Ask the person how the name is written and whether the address is right.',
  },
  'reason.person-protected': {
    sv: 'Personen har skyddad identitet. Ändra uppgifterna på personens sida.',
    en: 'This person has a protected identity. Change the details on the person’s page.',
  },
  'reason.person-twice': {
    sv: 'Rad {row} säger något annat om personen med den e-postadressen.',
    en: 'Row {row} says something else about the person with this e-mail address.',
  },
  'reason.no-body': {
    sv: 'Det finns ingen nämnd och inget bolag som heter {body}.',
    en: 'There is no committee or company called {body}.',
  },
  'reason.mandate-day': {
    sv: 'Ett uppdrag behöver sin första dag: kolumnen Från är tom.',
    en: 'A mandate needs its first day: the From column is empty.',
  },
  'reason.mandate-body': {
    sv: 'Ett uppdrag behöver sin nämnd: kolumnen Nämnd är tom.',
    en: 'A mandate needs its committee: the Committee column is empty.',
  },
  'reason.mandate-elsewhere': {
    sv: 'Personen har redan ett annat uppdrag där under några av de dagarna.',
    en: 'The person already has another mandate there on some of those days.',
  },
  'reason.mandate-twice': {
    sv: 'Rad {row} har samma uppdrag under några av de dagarna.',
    en: 'Row {row} has the same mandate on some of those days.',
  },
  'reason.first-day': {
    sv: 'Den första dagen skrivs som 2026-01-01.',
    en: 'The first day is written as 2026-01-01.',
  },
  'reason.last-day': {
    sv: 'Den sista dagen skrivs som 2026-12-31.',
    en: 'The last day is written as 2026-12-31.',
  },
  'reason.day-form': { sv: 'En dag skrivs som 2026-03-02.', en: 'A day is written as 2026-03-02.' },
  'reason.days-in-order': {
    sv: 'Den sista dagen får inte ligga före den första.',
    en: 'The last day cannot be before the first.',
  },
  'reason.body-ended': { sv: '{body} har upphört då.', en: '{body} has ended by then.' },
  'reason.cost-weight': {
    sv: 'En kostnadsvikt är ett heltal från 0 till 1000.',
    en: 'A cost weight is a whole number from 0 to 1000.',
  },
  'reason.name-length': { sv: 'Ett namn har 1–120 tecken.', en: 'A name has 1–120 characters.' },
  'reason.cost-centre-length': {
    sv: 'Ett kostnadsställe har högst 20 tecken.',
    en: 'A cost centre has at most 20 characters.',
  },
  'reason.organisation-number': {
    sv: 'Ett organisationsnummer ser ut som 212000-0000.',
    en: 'An organisation number looks like 212000-0000.',
  },
  'reason.lock-message-length': {
    sv: 'Texten på låsskärmen har 1–300 tecken.',
    en: 'The text on the lock screen has 1–300 characters.',
  },
  'reason.title-length': { sv: 'En rubrik har 1–120 tecken.', en: 'A title has 1–120 characters.' },
  'reason.terms-length': { sv: 'Texten har 1–30 000 tecken.', en: 'The text has 1–30,000 characters.' },
  'reason.one-off-one-day': {
    sv: 'En engångskostnad har bara en dag.',
    en: 'A one-off cost has only one day.',
  },
  'reason.amount-not-zero': {
    sv: 'Beloppet skrivs i kronor och ören och kan inte vara 0.',
    en: 'The amount is written in kronor and öre and cannot be 0.',
  },
  'reason.vat-whole': { sv: 'Momsen skrivs i kronor och ören.', en: 'The VAT is written in kronor and öre.' },
  'reason.cost-text': { sv: 'Skriv vad kostnaden gäller.', en: 'Write what the cost is for.' },
  'reason.key-name': { sv: 'Ge fördelningen ett namn.', en: 'Give the allocation a name.' },
  'reason.shares-fit': {
    sv: 'Delar anges bara när kostnaden delas efter bestämda delar, och behövs då.',
    en: 'Shares are given only, and always, when a cost is split by fixed shares.',
  },
  'reason.shares-twice': { sv: 'Samma nämnd finns två gånger.', en: 'The same committee appears twice.' },
  'reason.parts-whole': { sv: 'Delar är heltal från 1.', en: 'Shares are whole numbers from 1.' },
  'reason.shares-bodies': {
    sv: 'Bestämda delar anger själva vilka nämnder det gäller.',
    en: 'Fixed shares already say which committees they apply to.',
  },
  'reason.key-day-taken': {
    sv: 'Välj en dag efter den fördelning som gäller.',
    en: 'Choose a day after the allocation that applies now.',
  },
  'reason.no-body-here': {
    sv: 'Nämnden eller bolaget finns inte.',
    en: 'There is no such committee or company.',
  },
  'reason.no-key-here': { sv: 'Fördelningen finns inte.', en: 'There is no such allocation.' },
  'reason.due-day': {
    sv: 'Sista dagen är i dag eller senare och skrivs som 2030-12-31.',
    en: 'The last day is today or later and is written as 2030-12-31.',
  },
} as const satisfies Record<string, Text>
