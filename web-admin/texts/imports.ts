import { type Text } from './texts.ts'

export const importTexts = {
  'import.people.title': { sv: 'Importera personer', en: 'Import people' },
  'import.devices.title': { sv: 'Importera iPads', en: 'Import iPads' },
  'import.lead': {
    sv: 'Först en förhandsvisning. Ingenting sparas förrän du säger till.',
    en: 'First you see a preview. Nothing is saved until you say so.',
  },
  'import.file': { sv: 'CSV-fil', en: 'CSV file' },
  'import.file.hint': {
    sv: 'Spara som CSV i Excel. Semikolon, komma eller tabb går bra, liksom filer från äldre program.',
    en: 'Save as CSV in Excel. Semicolons, commas or tabs will do, and so will files from older programs.',
  },
  'import.people.columns': {
    sv: 'Kolumner: Förnamn, Efternamn och E-post behövs. Telefon, Nämnd, Roll, Från, Till, Vikt och Skyddad identitet är frivilliga.',
    en: 'Columns: Given name, Family name and E-mail are needed. Phone, Committee, Role, From, To, Weight and Protected identity are optional.',
  },
  'import.devices.columns': {
    sv: 'Kolumner: Serienummer behövs. Märkning, Stöldmärkning, Modell, Ursprung, Ägare, Inköpsdatum, Pris, Leverantör och Garanti är frivilliga.',
    en: 'Columns: Serial number is needed. Tag, Theft mark, Model, Origin, Owner, Purchase date, Price, Supplier and Warranty are optional.',
  },
  'import.encoding': { sv: 'Teckenkodning', en: 'Encoding' },
  'import.delimiter': { sv: 'Skiljetecken', en: 'Separator' },
  'import.guess': { sv: 'Automatiskt', en: 'Automatic' },
  'import.encoding.utf-8': { sv: 'UTF-8', en: 'UTF-8' },
  'import.encoding.utf-16le': { sv: 'UTF-16', en: 'UTF-16' },
  'import.encoding.windows-1252': { sv: 'Windows (äldre Excel)', en: 'Windows (older Excel)' },
  'import.delimiter.semicolon': { sv: 'Semikolon', en: 'Semicolon' },
  'import.delimiter.comma': { sv: 'Komma', en: 'Comma' },
  'import.delimiter.tab': { sv: 'Tabb', en: 'Tab' },
  'import.show': { sv: 'Förhandsvisa', en: 'Preview' },
  'import.preview': { sv: 'Förhandsvisning av {file}', en: 'Preview of {file}' },
  'import.read-as': {
    sv: 'Läst som {encoding} med {delimiter}.',
    en: 'Read as {encoding} with {delimiter}.',
  },
  'import.read-again': {
    sv: 'Stämmer inte åäö? Läs filen på ett annat sätt.',
    en: 'Do å, ä, ö look wrong? Read the file in another way.',
  },
  'import.ignored': {
    sv: 'De här kolumnerna används inte: {columns}',
    en: 'These columns are not used: {columns}',
  },
  'import.outcome.create': { sv: 'Nya', en: 'New' },
  'import.outcome.change': { sv: 'Ändras', en: 'Changed' },
  'import.outcome.same': { sv: 'Oförändrade', en: 'Unchanged' },
  'import.outcome.error': { sv: 'Fel', en: 'Errors' },
  'import.row': { sv: 'Rad', en: 'Row' },
  'import.subject': { sv: 'Gäller', en: 'About' },
  'import.outcome': { sv: 'Vad händer', en: 'What happens' },
  'import.reasons': { sv: 'Varför inte', en: 'Why not' },
  'import.first-rows': {
    sv: 'De första {count} raderna, felen först.',
    en: 'The first {count} rows, errors first.',
  },
  'import.errors.download': { sv: 'Hämta felraderna', en: 'Download the rows with errors' },
  'import.errors.text': {
    sv: '{count} rader har fel. Rätta filen och ladda upp den igen, eller importera resten.',
    en: '{count} rows have errors. Correct the file and upload it again, or import the rest.',
  },
  'import.errors.text.one': {
    sv: 'En rad har fel. Rätta filen och ladda upp den igen, eller importera resten.',
    en: 'One row has an error. Correct the file and upload it again, or import the rest.',
  },
  'import.do': { sv: 'Importera {count} rader', en: 'Import {count} rows' },
  'import.do.one': { sv: 'Importera en rad', en: 'Import one row' },
  'import.do.rest': {
    sv: 'Hoppa över felen och importera {count} rader',
    en: 'Skip the errors and import {count} rows',
  },
  'import.do.rest.one': {
    sv: 'Hoppa över felen och importera en rad',
    en: 'Skip the errors and import one row',
  },
  'import.nothing': { sv: 'Filen ändrar ingenting.', en: 'The file changes nothing.' },
  'import.other': { sv: 'Välj en annan fil', en: 'Choose another file' },
  'import.done': { sv: 'Filen är redan importerad.', en: 'This file has already been imported.' },
  'import.people.errors-file': { sv: 'personer-fel', en: 'people-errors' },
  'import.devices.errors-file': { sv: 'ipads-fel', en: 'ipads-errors' },
  'said.imported': { sv: 'Filen är importerad.', en: 'The file has been imported.' },
  'refusal.import-unknown': {
    sv: 'Filen finns inte, eller är äldre än ett dygn.',
    en: 'There is no such file, or it is more than a day old.',
  },
  'refusal.import-committed': {
    sv: 'Filen är redan importerad.',
    en: 'This file has already been imported.',
  },
  'refusal.import-errors': {
    sv: 'Några rader har fel. Rätta dem eller hoppa över dem.',
    en: 'Some rows have errors. Correct them or skip them.',
  },
  'refusal.import-changed': {
    sv: 'Något har ändrats sedan förhandsvisningen. Ingenting är importerat. Titta på den igen: den visar hur det är nu.',
    en: 'Something has changed since the preview. Nothing has been imported. Look at it again: it shows how things are now.',
  },
  'refusal.columns-missing': {
    sv: 'Filen saknar en kolumn som behövs.',
    en: 'A column that is needed is missing from the file.',
  },
  'refusal.columns-twice': {
    sv: 'Filen har två kolumner för samma sak.',
    en: 'The file has two columns for the same thing.',
  },
  'refusal.csv-broken': {
    sv: 'Filen går inte att läsa: ett citattecken saknas.',
    en: 'The file cannot be read: a quotation mark is missing.',
  },
  'refusal.csv-empty': { sv: 'Filen har inga rader.', en: 'The file has no rows.' },
  'refusal.not-csv': {
    sv: 'Det här är inte en CSV-fil. Öppna den i Excel och spara som CSV.',
    en: 'This is not a CSV file. Open it in Excel and save it as CSV.',
  },
  'refusal.too-many-rows': {
    sv: 'Filen har för många rader. Dela upp den.',
    en: 'The file has too many rows. Split it.',
  },
  'refusal.wrong-encoding': {
    sv: 'Filen är inte skriven med den teckenkodningen.',
    en: 'The file is not written in that encoding.',
  },
  'refusal.wrong-delimiter': {
    sv: 'Filen har inte det skiljetecknet.',
    en: 'The file does not have that separator.',
  },
} as const satisfies Record<string, Text>
