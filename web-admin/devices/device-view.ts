import { type Device } from '../../server/devices/device.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { day, dayAndTime } from '../dates.ts'
import { sayIn, type Say } from '../language.ts'
import { kronor } from '../money.ts'
import { deviceBadges, managementBadge } from './device-state.ts'

interface Fact {
  readonly label: string
  readonly value: string
}

/** The head of an iPad's page: what it is called, how it stands. */
export function deviceHead(device: Device, now: Date, say: Say) {
  return {
    title: device.assetTag,
    model: device.model,
    serialNumber: device.serialNumber,
    badges: deviceBadges(device, now, say),
    management: managementBadge(device.management, say),
  }
}

/** What people have written down about the iPad; nothing for what nobody wrote. */
export function writtenFacts(device: Device, language: Language): Fact[] {
  const say = sayIn(language)
  const { purchase } = device
  return facts([
    [say('device.serial'), device.serialNumber],
    [say('device.model'), device.model],
    [say('device.theft-mark'), device.theftMark],
    [say('device.origin'), say(`origin.${device.origin}`)],
    [say('device.ownership'), say(`ownership.${device.ownership}`)],
    [say('device.purchased-on'), purchase && day(purchase.on, language)],
    [say('device.price'), purchase && kronor(purchase.priceOre, language)],
    [say('device.supplier'), purchase?.supplier],
    [say('device.warranty'), device.warrantyEndsOn && day(device.warrantyEndsOn, language)],
  ])
}

/** What the iPad itself has told, in the order in which people ask for it. */
export function toldFacts(device: Device, language: Language): Fact[] {
  const say = sayIn(language)
  const { information: told = {}, lastSeenAt } = device
  const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : say(value ? 'yes' : 'no'))
  const storage =
    told.capacityGb === undefined
      ? undefined
      : say('device.storage.of', { free: gigabytes(told.availableGb), all: gigabytes(told.capacityGb) })
  return facts([
    [say('device.seen'), lastSeenAt && dayAndTime(lastSeenAt, language)],
    [say('device.name'), told.deviceName],
    [say('device.os'), told.osVersion && `iPadOS ${told.osVersion}`],
    [say('device.battery'), told.batteryPercent === undefined ? undefined : `${told.batteryPercent} %`],
    [say('device.storage'), storage],
    [say('device.supervised'), yesNo(told.supervised)],
    [say('device.activation-lock'), yesNo(told.activationLockEnabled)],
    [say('device.passcode'), yesNo(told.passcodePresent)],
    [say('device.phone'), told.phoneNumber],
    [say('device.imei'), told.imei],
    [say('device.wifi'), told.wifiMac],
    [say('device.reported'), told.reportedAt && dayAndTime(told.reportedAt, language)],
  ])
}

const gigabytes = (value: number | undefined): string =>
  value === undefined ? '?' : String(Math.round(value))

function facts(pairs: readonly (readonly [string, string | undefined])[]): Fact[] {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}
