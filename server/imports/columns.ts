import { DomainError } from '../domain-error.ts'
import { because, type Reason } from '../reason.ts'

/** Names of columns, as people in Swedish and English offices write them; the first is shown when one is missing. */
export const peopleColumns = {
  givenName: ['Förnamn', 'Tilltalsnamn', 'Given name', 'First name'],
  familyName: ['Efternamn', 'Family name', 'Last name', 'Surname'],
  email: [
    'E-post',
    'E-postadress',
    'Epost',
    'Mail',
    'Mejl',
    'E-mail',
    'Email',
    'E-mail address',
    'Email address',
  ],
  phone: [
    'Telefon',
    'Telefonnummer',
    'Mobil',
    'Mobiltelefon',
    'Mobilnummer',
    'Phone',
    'Mobile',
    'Phone number',
  ],
  language: ['Språk', 'Language'],
  protectedIdentity: [
    'Skyddad identitet',
    'Sekretessmarkering',
    'Skyddad',
    'Protected identity',
    'Protected',
  ],
  body: ['Nämnd', 'Organ', 'Styrelse', 'Bolag', 'Body', 'Committee', 'Board'],
  role: ['Roll', 'Uppdrag', 'Befattning', 'Role', 'Position'],
  startsOn: ['Från', 'Från och med', 'Fr.o.m.', 'Startdatum', 'From', 'Start date', 'Starts'],
  endsOn: ['Till', 'Till och med', 'T.o.m.', 'Slutdatum', 'To', 'Until', 'End date', 'Ends'],
  costWeight: ['Vikt', 'Kostnadsvikt', 'Weight', 'Cost weight'],
} as const

export const deviceColumns = {
  serialNumber: ['Serienummer', 'Serienr', 'Serial number', 'Serial', 'S/N'],
  assetTag: [
    'Märkning',
    'Inventarienummer',
    'Inventarienr',
    'Etikett',
    'Asset tag',
    'Tag',
    'Inventory number',
  ],
  theftMark: ['Stöldmärkning', 'Stöldskyddsmärkning', 'Theft mark', 'Theft marking', 'Security mark'],
  model: ['Modell', 'Model'],
  origin: ['Ursprung', 'Origin'],
  ownership: ['Ägare', 'Ägs av', 'Ägande', 'Owner', 'Owned by', 'Ownership'],
  purchasedOn: ['Inköpsdatum', 'Inköpt', 'Köpt', 'Purchase date', 'Purchased', 'Purchased on'],
  price: ['Pris', 'Inköpspris', 'Pris exkl. moms', 'Price', 'Purchase price', 'Price excl. VAT'],
  supplier: ['Leverantör', 'Supplier', 'Vendor'],
  warrantyEndsOn: [
    'Garanti till',
    'Garanti t.o.m.',
    'Garanti',
    'Warranty until',
    'Warranty ends',
    'Warranty',
  ],
} as const

export type PeopleColumn = keyof typeof peopleColumns
export type DeviceColumn = keyof typeof deviceColumns

interface FoundColumns<Column extends string> {
  /** Where each known column stands. */
  readonly at: ReadonlyMap<Column, number>
  /** Headings that mean nothing here; their cells are left alone. */
  readonly ignored: readonly string[]
}

/**
 * Which heading means which column.
 * @throws {DomainError} invalid `columns-missing` and `columns-twice`, naming them
 */
export function findColumns<Column extends string>(
  header: readonly string[],
  names: Readonly<Record<Column, readonly string[]>>,
  required: readonly Column[],
): FoundColumns<Column> {
  const columns = Object.keys(names) as Column[]
  const byHeading = new Map(
    columns.flatMap(column => names[column].map(name => [folded(name), column] as const)),
  )
  const at = new Map<Column, number>()
  const ignored: string[] = []
  for (const [index, heading] of header.entries()) {
    const column = byHeading.get(folded(heading))
    if (column === undefined) ignored.push(heading)
    else if (at.has(column))
      refuse(
        'columns-twice',
        because('column-twice', 'Two columns mean {column}: keep one of them.', {
          column: names[column][0] ?? '',
        }),
      )
    else at.set(column, index)
  }
  const missing = required.filter(column => !at.has(column)).map(column => names[column][0])
  if (missing.length > 0) {
    const values = { columns: missing.join(', '), found: header.join(', ') }
    const sentence = 'The file has no column for {columns}. Found: {found}.'
    refuse('columns-missing', because('column-missing', sentence, values))
  }
  return { at, ignored }
}

function folded(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function refuse(code: string, reason: Reason): never {
  throw new DomainError('invalid', code, reason.message, [{ path: 'file', ...reason }])
}
