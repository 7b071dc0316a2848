import { type BodyType } from '../../server/bodies/body.ts'
import { type MandateRole } from '../../server/mandates/mandate.ts'
import { createDice } from './dice.ts'
import { inventNames, inventPhone, mailName } from './names.ts'

/** What the demo tells of: figures of section 2 of the requirements, everything else invented. */
export const figures = {
  committees: 23,
  representatives: 520,
  devices: 469,
  reconfigured: 81,
  /** Of the new ones; the figures leave five without a purchase, and so does the demo. */
  bought: 383,
  sessions: 52,
  /** Handed out; the others lie in stock, so that there is something to hand out. */
  loans: 445,
  /** 5 169 kr, in öre. */
  devicePriceOre: 516_900,
  thefts: 4,
  /** With the thefts about 7 in 100. */
  damages: 29,
} as const

interface PlannedBody {
  readonly name: string
  readonly type: BodyType
  readonly costCentre: string
}

interface PlannedPerson {
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly phone: string
  readonly protectedIdentity: boolean
  readonly mandates: readonly { readonly body: number; readonly role: MandateRole }[]
}

export interface PlannedDevice {
  readonly serialNumber: string
  readonly assetTag: string
  readonly theftMark: string
  readonly model: string
  readonly origin: 'new' | 'reconfigured'
  readonly bought: boolean
}

export interface Plan {
  readonly municipality: { readonly name: string; readonly number: string; readonly phone: string }
  readonly partners: readonly { readonly name: string; readonly council: string }[]
  readonly bodies: readonly PlannedBody[]
  readonly people: readonly PlannedPerson[]
  readonly devices: readonly PlannedDevice[]
  /** Device and person of the same index belong together; spread evenly over the sessions. */
  readonly loans: readonly { readonly person: number; readonly device: number; readonly session: number }[]
}

const committees = [
  'Kommunstyrelsen',
  'Arbetsutskottet',
  'Barn- och utbildningsnämnden',
  'Förskolenämnden',
  'Gymnasienämnden',
  'Vuxenutbildningsnämnden',
  'Socialnämnden',
  'Äldrenämnden',
  'Funktionsstödsnämnden',
  'Individ- och familjenämnden',
  'Kulturnämnden',
  'Fritidsnämnden',
  'Byggnadsnämnden',
  'Miljönämnden',
  'Tekniska nämnden',
  'Trafiknämnden',
  'Vatten- och avfallsnämnden',
  'Landsbygdsnämnden',
  'Personalnämnden',
  'Överförmyndarnämnden',
  'Valnämnden',
  'Lönenämnden',
  'Beredskapsnämnden',
] as const

const others = [
  { name: 'Kommunfullmäktige', type: 'council' },
  { name: 'Ekvalla Bostäder AB', type: 'company' },
  { name: 'Ekvalla Energi AB', type: 'company' },
  { name: 'Ekvalla Elnät AB', type: 'subsidiary' },
] as const

const partners = [
  { name: 'Tallmo kommun', council: 'Tallmo kommunfullmäktige' },
  { name: 'Lerhyttans kommun', council: 'Lerhyttans kommunfullmäktige' },
  { name: 'Region Mellanhed', council: 'Mellanheds regionfullmäktige' },
] as const

const models = ['iPad (A16)', 'iPad (A16)', 'iPad (10th generation)'] as const

/** The whole invented municipality, the same each time. */
export function planMunicipality(): Plan {
  const dice = createDice(2026)
  const bodies = [
    ...committees.map((name, index) => ({
      name,
      type: 'committee' as const,
      costCentre: String(1100 + index * 10),
    })),
    ...others.map((body, index) => ({ ...body, costCentre: String(2100 + index * 10) })),
  ]
  const people = inventNames(dice, figures.representatives).map((name, index) => ({
    ...name,
    email: `${mailName(name)}@ekvalla.example`,
    phone: inventPhone(index),
    protectedIdentity: index % 260 === 259,
    mandates: mandatesOf(index, bodies.length, dice.roll(committees.length)),
  }))
  const devices = Array.from({ length: figures.devices }, (_, index) => planDevice(index, dice.pick(models)))
  const loans = Array.from({ length: figures.loans }, (_, index) => ({
    person: index,
    device: index,
    session: Math.floor((index * figures.sessions) / figures.loans),
  }))
  return {
    municipality: { name: 'Ekvalla kommun', number: '212000-0000', phone: '08-465 004 00' },
    partners,
    bodies,
    people,
    devices,
    loans,
  }
}

/** Everybody sits in a committee; the first of each leads it; every ninth also in the council or a company. */
function mandatesOf(index: number, bodies: number, extra: number): PlannedPerson['mandates'] {
  const own = index % committees.length
  const seat = Math.floor(index / committees.length)
  const role: MandateRole =
    seat === 0 ? 'chair' : seat === 1 ? 'vice-chair' : seat % 3 === 0 ? 'substitute' : 'member'
  const second =
    index % 9 === 0 ? committees.length + (Math.floor(index / 9) % (bodies - committees.length)) : undefined
  const third = index % 25 === 7 && extra !== own ? extra : undefined
  return [
    { body: own, role },
    ...(second === undefined ? [] : [{ body: second, role: 'member' as const }]),
    ...(third === undefined ? [] : [{ body: third, role: 'member' as const }]),
  ]
}

/** Old ones that were set up anew are spread among the new ones. */
function planDevice(index: number, model: string): PlannedDevice {
  const { devices, reconfigured, bought } = figures
  const old = isSpread(index, reconfigured, devices)
  const newBefore = index - countSpread(index, reconfigured, devices)
  return {
    serialNumber: `EK${alphabetic(index)}${String(index * 7919 + 10_000).padStart(7, '0')}`,
    assetTag: `EKV-${String(index + 1).padStart(4, '0')}`,
    theftMark: `SSF-${String(400_000 + index * 13)}`,
    model: old ? 'iPad (9th generation)' : model,
    origin: old ? 'reconfigured' : 'new',
    bought: !old && newBefore < bought,
  }
}

/** Whether number `index` of `total` is one of `some` that are spread evenly. */
function isSpread(index: number, some: number, total: number): boolean {
  return countSpread(index + 1, some, total) > countSpread(index, some, total)
}

const countSpread = (upTo: number, some: number, total: number): number => Math.floor((upTo * some) / total)

function alphabetic(index: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
  return `${letters.charAt(Math.floor(index / letters.length) % letters.length)}${letters.charAt(index % letters.length)}`
}

/** The last `count` working days before `today`, oldest first, as `YYYY-MM-DD`. */
export function workingDaysBefore(today: Date, count: number): string[] {
  const days: string[] = []
  for (let back = 1; days.length < count; back++) {
    const day = new Date(today.getTime() - back * 86_400_000)
    if (day.getUTCDay() % 6 !== 0) days.push(day.toISOString().slice(0, 10))
  }
  return days.reverse()
}
