import { type Eligibility } from '../../server/confidential-papers/eligibilities.ts'
import { dayOf } from '../../server/calendar-day.ts'
import { type Device } from '../../server/devices/device.ts'
import { type Language } from '../../server/organisations/organisation.ts'
import { papersColumn } from '../confidential-papers/paper-view.ts'
import { day, dayAndTime, time } from '../dates.ts'
import { sayIn } from '../language.ts'
import { kronor } from '../money.ts'
import { type Column } from '../tables/columns.ts'
import { deviceBadges } from './device-state.ts'

/** An iPad on the list, with the name of its holder, masked as lists show it. */
export interface ListedDevice {
  readonly device: Device
  readonly holder: string | undefined
  /** Whether confidential papers may be read on it. */
  readonly papers?: Eligibility | undefined
}

interface DeviceColumnsNeeds {
  readonly now: Date
  readonly language: Language
  /** Whether names of holders belong to it. */
  readonly withHolders: boolean
}

/** The columns of the list of iPads, for the page and for a file. */
export function deviceColumns({ now, language, withHolders }: DeviceColumnsNeeds): Column<ListedDevice>[] {
  const say = sayIn(language)
  const written = (key: string, of: (device: Device) => string | undefined) => ({
    key,
    show: ({ device }: ListedDevice) => of(device),
    file: ({ device }: ListedDevice) => of(device),
  })
  const holder: Column<ListedDevice> = {
    key: 'holder',
    text: 'device.holder',
    show: row => row.holder,
    file: row => row.holder,
  }
  const dayColumn = (key: string, of: (device: Device) => string | undefined) => ({
    key,
    isSpare: true,
    show: ({ device }: ListedDevice) => {
      const on = of(device)
      return on === undefined ? undefined : { text: day(on, language), isUnbroken: true }
    },
    file: ({ device }: ListedDevice) => of(device),
  })
  return [
    {
      key: 'assetTag',
      text: 'device.tag',
      sort: 'assetTag',
      show: ({ device }) => ({ text: device.assetTag, href: `/devices/${device.id}`, isUnbroken: true }),
      file: ({ device }) => device.assetTag,
    },
    {
      key: 'serialNumber',
      text: 'device.serial',
      sort: 'serialNumber',
      show: ({ device }) => ({ text: device.serialNumber, isMono: true }),
      file: ({ device }) => device.serialNumber,
    },
    { ...written('model', ({ model }) => model), text: 'device.model', sort: 'model' },
    ...(withHolders ? [holder] : []),
    {
      key: 'lifecycle',
      text: 'device.state',
      sort: 'lifecycle',
      show: ({ device }) => ({ badges: deviceBadges(device, now, say) }),
      file: ({ device }) => say(`lifecycle.${device.lifecycle}`),
    },
    {
      key: 'lastSeenAt',
      text: 'device.seen',
      sort: 'lastSeenAt',
      show: ({ device: { lastSeenAt } }) => ({
        text: lastSeenAt ? dayAndTime(lastSeenAt, language) : say('device.never-seen'),
        isSoft: true,
        isUnbroken: true,
      }),
      file: ({ device: { lastSeenAt } }) => lastSeenAt && `${dayOf(lastSeenAt)} ${time(lastSeenAt)}`,
    },
    { ...written('theftMark', ({ theftMark }) => theftMark), text: 'device.theft-mark', isSpare: true },
    {
      ...written('management', ({ management }) => say(`management.${management}`)),
      text: 'device.management',
      sort: 'management',
      isSpare: true,
    },
    {
      ...written('lock', ({ lock }) => say(`lock.${lock}`)),
      text: 'device.lock',
      sort: 'lock',
      isSpare: true,
    },
    {
      ...written('ownership', ({ ownership }) => say(`ownership.${ownership}`)),
      text: 'device.ownership',
      isSpare: true,
    },
    { ...written('os', ({ information }) => information?.osVersion), text: 'device.os', isSpare: true },
    {
      key: 'battery',
      text: 'device.battery',
      isSpare: true,
      isNumber: true,
      show: ({ device: { information } }) =>
        information?.batteryPercent === undefined ? undefined : `${String(information.batteryPercent)} %`,
      file: ({ device: { information } }) => information?.batteryPercent,
    },
    { ...papersColumn(say, ({ papers }: ListedDevice) => papers), isSpare: true },
    { ...dayColumn('purchasedOn', ({ purchase }) => purchase?.on), text: 'device.purchased-on' },
    {
      key: 'price',
      text: 'device.price',
      isSpare: true,
      isNumber: true,
      show: ({ device: { purchase } }) => purchase && kronor(purchase.priceOre, language),
      file: ({ device: { purchase } }) => purchase && { ore: purchase.priceOre },
    },
    { ...written('supplier', ({ purchase }) => purchase?.supplier), text: 'device.supplier', isSpare: true },
    { ...dayColumn('warrantyEndsOn', ({ warrantyEndsOn }) => warrantyEndsOn), text: 'device.warranty' },
  ]
}
