import { type Dice } from './dice.ts'

const given = [
  'Alva',
  'Arvid',
  'Asta',
  'Birger',
  'Bodil',
  'Dag',
  'Disa',
  'Ebbe',
  'Edit',
  'Embla',
  'Frej',
  'Freja',
  'Gudrun',
  'Halvar',
  'Hedda',
  'Helge',
  'Idun',
  'Ivar',
  'Jorunn',
  'Kerstin',
  'Knut',
  'Leif',
  'Liv',
  'Majken',
  'Måns',
  'Nils',
  'Oda',
  'Orvar',
  'Ragna',
  'Rune',
  'Saga',
  'Sigge',
  'Signe',
  'Siv',
  'Sten',
  'Svea',
  'Tage',
  'Tora',
  'Torsten',
  'Truls',
  'Tyra',
  'Ulla',
  'Valter',
  'Vera',
  'Vidar',
  'Viveka',
  'Ylva',
  'Åke',
  'Åsa',
  'Örjan',
  'Amina',
  'Dalia',
  'Emre',
  'Farid',
  'Ilir',
  'Jasmin',
  'Leyla',
  'Milan',
  'Nadia',
  'Samir',
] as const

const first = [
  'Alm',
  'Bäck',
  'Dimm',
  'Ek',
  'Frost',
  'Glänt',
  'Gran',
  'Hassel',
  'Hed',
  'Klock',
  'Kvarn',
  'Lav',
  'Lärk',
  'Moss',
  'Myr',
  'Näv',
  'Pors',
  'Rim',
  'Rönn',
  'Skymn',
  'Slån',
  'Sten',
  'Tall',
  'Tuv',
  'Vass',
  'Vide',
  'Vind',
  'Älv',
  'Äng',
  'Ören',
] as const

const last = [
  'stig',
  'brink',
  'hage',
  'rot',
  'skär',
  'torp',
  'vret',
  'gläntan',
  'fall',
  'mark',
  'näs',
  'sved',
] as const

/**
 * `count` people who do not exist: usual given names with family names that were put together for the demo. No two have
 * the same name, so no two have the same address.
 */
export function inventNames(dice: Dice, count: number): { givenName: string; familyName: string }[] {
  const families = dice.shuffle(first.flatMap(start => last.map(end => `${start}${end}`)))
  return Array.from({ length: count }, (_, index) => ({
    givenName: dice.pick(given),
    // Each family name comes up at most twice here, and `given` is picked anew.
    familyName: families[index % families.length] ?? '',
  })).map((name, index, all) =>
    all.findIndex(other => other.givenName === name.givenName && other.familyName === name.familyName) < index
      ? { ...name, givenName: `${name.givenName}-${dice.pick(['Maj', 'Lo', 'Bo', 'Kaj'])}` }
      : name,
  )
}

/** The part of an address before the @: small letters of a to z, dots and hyphens. */
export function mailName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName}.${familyName}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z.-]/g, '')
}

/** A number out of the series 070-174 06 05 to 99, which is given to nobody so that it can stand in fiction (PTS). */
export function inventPhone(index: number): string {
  return `070-174 06 ${String(5 + (index % 95)).padStart(2, '0')}`
}
