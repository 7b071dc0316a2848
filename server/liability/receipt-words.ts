import { pricedThings, type Language, type PricedThing, type Prices } from '../organisations/organisation.ts'

/** The fixed words of papers. Papers are kept for ever in the language they were signed in. */
export const receiptWords = {
  receipt: { sv: 'Kvittens', en: 'Receipt' },
  returnReceipt: { sv: 'Kvittens på återlämnad iPad', en: 'Receipt for a returned iPad' },
  number: { sv: 'Kvittensnummer', en: 'Receipt number' },
  organisation: { sv: 'Organisation', en: 'Organisation' },
  borrower: { sv: 'Låntagare', en: 'Borrower' },
  bodies: { sv: 'För uppdrag i', en: 'For the mandate in' },
  dueOn: { sv: 'Lämnas tillbaka senast', en: 'To be returned by' },
  signedAt: { sv: 'Undertecknad', en: 'Signed' },
  returnedAt: { sv: 'Återlämnad', en: 'Returned' },
  handedOutAt: { sv: 'Utlämnad', en: 'Handed out' },
  equipment: { sv: 'Utrustning', en: 'Equipment' },
  tag: { sv: 'Märkning', en: 'Tag' },
  serial: { sv: 'Serienummer', en: 'Serial number' },
  theftMark: { sv: 'Stöldmärkning', en: 'Theft mark' },
  model: { sv: 'Modell', en: 'Model' },
  accessories: { sv: 'Tillbehör', en: 'Accessories' },
  missing: { sv: 'Saknas', en: 'Missing' },
  none: { sv: 'Inga', en: 'None' },
  condition: { sv: 'Skick', en: 'Condition' },
  note: { sv: 'Anteckning', en: 'Note' },
  prices: { sv: 'Vad utrustningen kostar att ersätta', en: 'What the equipment costs to replace' },
  pricesText: {
    sv: 'Så mycket kostar utrustningen att ersätta. Om du ska ersätta något, och hur mycket, beslutas enligt villkoren ovan.',
    en: 'This is what it costs to replace the equipment. Whether you pay for anything, and how much, is decided under the terms above.',
  },
  signature: { sv: 'Underskrift', en: 'Signature' },
  typed: { sv: 'Underskriven med skrivet namn', en: 'Signed with a typed name' },
  accepted: {
    sv: 'Jag har tagit del av villkoren, godtar dem och har fått utrustningen.',
    en: 'I have read the terms, accept them and have received the equipment.',
  },
  informed: {
    sv: 'Jag har tagit del av informationen och har fått utrustningen.',
    en: 'I have read the information and have received the equipment.',
  },
  identity: { sv: 'Identiteten styrkt genom', en: 'Identity confirmed by' },
  known: { sv: 'känd av personalen', en: 'known to the staff' },
  'id-shown': { sv: 'visad legitimation', en: 'identity document shown' },
  witness: { sv: 'Utlämnad och bevittnad av', en: 'Handed out and witnessed by' },
  receivedBy: { sv: 'Mottagen av', en: 'Received by' },
  station: { sv: 'Plats', en: 'Place' },
  terms: { sv: 'Villkor', en: 'Terms' },
  version: { sv: 'version', en: 'version' },
  proof: { sv: 'Kontrolluppgifter', en: 'For verification' },
  signatureAlt: {
    sv: 'Låntagarens underskrift, ritad på skärmen',
    en: 'The borrower’s signature, drawn on the screen',
  },
} as const satisfies Record<string, Record<Language, string>>

const accessories: Readonly<Record<string, Record<Language, string>>> = {
  charger: { sv: 'Laddare', en: 'Charger' },
  cable: { sv: 'Kabel', en: 'Cable' },
  case: { sv: 'Fodral', en: 'Case' },
  pencil: { sv: 'Penna', en: 'Pencil' },
  keyboard: { sv: 'Tangentbord', en: 'Keyboard' },
  sim: { sv: 'SIM-kort', en: 'SIM card' },
}

const priced = {
  device: { sv: 'iPad', en: 'iPad' },
  screen: { sv: 'Skärm', en: 'Screen' },
  charger: { sv: 'Laddare', en: 'Charger' },
  cable: { sv: 'Kabel', en: 'Cable' },
  pen: { sv: 'Penna', en: 'Pencil' },
  cover: { sv: 'Fodral', en: 'Case' },
} as const satisfies Record<PricedThing, Record<Language, string>>

/** What things cost, as a paper and the screen before it say it: `1 234,50 kr` in Swedish; nothing where there is no price. */
export function priceRows(prices: Prices, language: Language): readonly (readonly [string, string])[] {
  const form = new Intl.NumberFormat(language === 'sv' ? 'sv-SE' : 'en-GB', { minimumFractionDigits: 2 })
  return pricedThings.flatMap(thing => {
    const ore = prices[thing]
    return ore === undefined ? [] : [[priced[thing][language], `${form.format(ore / 100)} kr`] as const]
  })
}

/** The word for an accessory; one that an organisation named itself is used as it is. */
export function accessoryWord(accessory: string, language: Language): string {
  return accessories[accessory]?.[language] ?? accessory
}

/** A: as new … D: not working, in words. */
export const conditionWords = {
  A: { sv: 'A – som ny', en: 'A – as new' },
  B: { sv: 'B – använd, inga skador', en: 'B – used, no damage' },
  C: { sv: 'C – skadad men fungerar', en: 'C – damaged but working' },
  D: { sv: 'D – fungerar inte', en: 'D – not working' },
} as const satisfies Record<string, Record<Language, string>>
