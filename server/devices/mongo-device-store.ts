import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow } from '../database/queries.ts'
import { type Table, type Tables } from '../database/tables.ts'
import { type Device, type DeviceInformation } from './device.ts'
import { searchTerms, type DeviceCount } from './device-search.ts'
import { type DeviceStore } from './device-store.ts'
import { countDevices, pageOfDevices, type DeviceRow } from './mongo-device-page.ts'

/** The long lists that an iPad has reported. Stored apart, so that a page of a large fleet reads little. */
interface InventoryRow extends Pick<DeviceInformation, 'apps' | 'managedApps' | 'profiles'> {
  readonly _id: string
  readonly organisationId: string
}

/** Devices in the database. */
export function createMongoDeviceStore(tables: Tables): DeviceStore {
  const devices = defineDevices(tables)
  const inventories = defineInventories(tables)
  const any = devices.acrossOrganisations('a serial number is unique in the whole installation')
  const one = (row: DeviceRow | undefined) => row && toDevice(row)
  return {
    find: async (organisationId, id) => one(await devices.within(organisationId).findOne({ _id: id })),
    async findWhole(organisationId, id) {
      const device = one(await devices.within(organisationId).findOne({ _id: id }))
      const inventory = device && (await inventories.within(organisationId).findOne({ _id: id }))
      if (!inventory) return device
      const { apps, managedApps, profiles } = inventory
      const lists = given({ apps, managedApps, profiles }, '')
      return { ...device, information: { ...device.information, ...lists } }
    },
    findMany: async (organisationId, ids) =>
      (await devices.within(organisationId).find({ _id: { $in: ids } })).map(toDevice),
    async profilesOn(organisationId, ids) {
      const rows = await inventories
        .within(organisationId)
        .find({ _id: { $in: [...ids] } }, { fields: { profiles: 1 } })
      return new Map(rows.flatMap(({ _id, profiles }) => (profiles ? [[_id, profiles] as const] : [])))
    },
    async managedAppsOn(organisationId, ids) {
      const rows = await inventories
        .within(organisationId)
        .find({ _id: { $in: [...ids] } }, { fields: { managedApps: 1 } })
      return new Map(
        rows.flatMap(({ _id, managedApps }) => (managedApps ? [[_id, managedApps] as const] : [])),
      )
    },
    findBySerial: async serialNumber => one(await any.findOne({ serialNumber })),
    async findByCodes(organisationId, codes) {
      const own = devices.within(organisationId)
      const found = await own.find({ terms: { $in: codes } }, { limit: 100 })
      const exact = ({ assetTag, serialNumber, theftMark = '' }: DeviceRow) =>
        [assetTag, serialNumber, theftMark.toUpperCase()].some(code => codes.includes(code))
      return found.filter(exact).slice(0, 10).map(toDevice)
    },
    async findWritten(organisationId, serialNumbers, assetTags) {
      const own = devices.within(organisationId)
      const rows = [
        ...(await own.find({ serialNumber: { $in: serialNumbers } })),
        ...(await own.find({ assetTag: { $in: assetTags } })),
      ]
      return [...new Map(rows.map(row => [row._id, toDevice(row)])).values()]
    },
    heldElsewhere: async (organisationId, serialNumbers) =>
      (
        await any.find(
          { serialNumber: { $in: serialNumbers } },
          { fields: { serialNumber: 1, organisationId: 1 } },
        )
      )
        .filter(row => row.organisationId !== organisationId)
        .map(row => row.serialNumber),
    page: async (organisationId, query) =>
      (await pageOfDevices(devices.within(organisationId), query)).map(toDevice),
    count: (organisationId, query, most) => countDevices(devices.within(organisationId), query, most),
    counts: organisationId =>
      devices.within(organisationId).aggregate<DeviceCount>([
        {
          $group: {
            _id: { lifecycle: '$lifecycle', management: '$management', lock: '$lock' },
            count: { $sum: 1 },
          },
        },
        {
          $project: {
            _id: 0,
            lifecycle: '$_id.lifecycle',
            management: '$_id.management',
            lock: '$_id.lock',
            count: 1,
          },
        },
      ]),
    async insert(...added) {
      const [first] = added
      if (first) await taken(() => devices.within(first.organisationId).insert(...added.map(fromDevice)))
    },
    async change(organisationId, id, is, { set = {}, emptied = [], byHand = false }) {
      const own = devices.within(organisationId)
      const change = {
        ...(Object.keys(set).length > 0 && { $set: set }),
        ...(emptied.length > 0 && { $unset: Object.fromEntries(emptied.map(field => [field, ''])) }),
        ...(byHand && { $inc: { version: 1 } }),
      }
      const row = await taken(() => own.findOneAndUpdate({ _id: id, ...is }, change as never))
      if (!row) return undefined
      const terms = searchTerms(row)
      // Derived from the row as it is now, and only the same change can make it so: no older writer can win.
      if (terms.join('\n') !== row.terms.join('\n')) {
        await own.updateOne({ _id: id, version: row.version }, { $set: { terms } })
      }
      return toDevice(row)
    },
    async applyInformation(organisationId, id, { apps, managedApps, profiles, ...facts }) {
      const told = given(facts, 'information.')
      const set = Object.keys(told).length > 0 ? { $set: told } : { $setOnInsert: { _id: id } }
      const known = await devices.within(organisationId).updateOne({ _id: id }, set)
      const lists = given({ apps, managedApps, profiles }, '')
      if (known && Object.keys(lists).length > 0) {
        const owned = { $set: lists, $setOnInsert: { organisationId } } as never
        await inventories.within(organisationId).updateOne({ _id: id }, owned, { upsert: true })
      }
      return known
    },
    withOldInventory: async ({ settledBefore, limit, ...old }) =>
      (
        await any.find(
          {
            management: 'enrolled',
            'information.reportedAt': { $lt: settledBefore },
            $and: [
              { $or: nullOrBefore('information.appsReportedAt', old.toldBefore) },
              {
                $or: [
                  ...nullOrBefore('inventoryAskedAt', old.silentAskedBefore),
                  { inventoryAskedAt: { $lt: old.askedBefore }, lastSeenAt: { $gte: old.silentSince } },
                ],
              },
            ],
          } as never,
          // Those asked longest ago first, so that none that never answers keeps the others from their turn.
          { sort: { inventoryAskedAt: 1 }, limit, fields: { organisationId: 1, lastSeenAt: 1 } },
        )
      ).map(({ _id, organisationId, lastSeenAt }) => ({
        id: _id,
        organisationId,
        ...(lastSeenAt && { lastSeenAt }),
      })),
    async inventoryAsked(organisationId, id, at) {
      await devices.within(organisationId).updateOne({ _id: id }, { $set: { inventoryAskedAt: at } })
    },
    async forgetFormerLife(organisationId, id) {
      const forgotten = Object.fromEntries(ofOneLife.map(fact => [`information.${fact}`, '']))
      const $unset = { ...forgotten, inventoryAskedAt: '' } as never
      await devices.within(organisationId).updateOne({ _id: id }, { $unset })
      await inventories
        .within(organisationId)
        .updateOne({ _id: id }, { $unset: { apps: '', managedApps: '', profiles: '' } } as never)
    },
    saw: sightings =>
      any.bulkWrite(
        sightings.map(({ organisationId, deviceId, at }) => ({
          updateOne: { filter: { _id: deviceId, organisationId }, update: { $max: { lastSeenAt: at } } },
        })),
      ),
  }
}

/** The reported facts that no longer apply when an iPad has enrolled again. */
const ofOneLife = [
  ...(['appsReportedAt', 'managedAppsReportedAt', 'profilesReportedAt', 'securityReportedAt'] as const),
  ...(['lostModeEnabled', 'activationLockEnabled'] as const),
  ...([
    'supervised',
    'passcodePresent',
    'passcodeCompliant',
    'hardwareEncrypted',
    'awaitingConfiguration',
  ] as const),
] satisfies readonly (keyof DeviceInformation)[]

const nullOrBefore = (path: string, time: Date) => [{ [path]: null }, { [path]: { $lt: time } }]

function defineDevices(tables: Tables): Table<DeviceRow> {
  return tables.define<DeviceRow>({
    name: 'devices',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      serialNumber: { type: String, required: true },
      assetTag: { type: String, required: true },
      theftMark: String,
      model: { type: String, required: true },
      origin: String,
      ownership: String,
      purchase: { type: { on: String, priceOre: Number, supplier: String }, _id: false },
      warrantyEndsOn: String,
      lifecycle: { type: String, required: true },
      management: { type: String, required: true },
      lock: { type: String, required: true },
      lastSeenAt: Date,
      inventoryAskedAt: Date,
      // Checked by type where it is read from the iPad's message; new facts need no change here.
      information: Object,
      createdAt: Date,
      version: Number,
      terms: [String],
    },
    indexes: [
      [{ serialNumber: 1 }, { unique: true }],
      [{ management: 1, 'information.reportedAt': 1 }],
      [{ organisationId: 1, assetTag: 1 }, { unique: true }],
      [{ organisationId: 1, serialNumber: 1 }],
      ...(['model', 'lifecycle', 'management', 'lock', 'ownership', 'lastSeenAt'] as const).map(
        field => [{ organisationId: 1, [field]: 1, assetTag: 1 }] as [Record<string, 1>],
      ),
      [{ organisationId: 1, lifecycle: 1, management: 1, assetTag: 1 }],
      [{ organisationId: 1, lifecycle: 1, serialNumber: 1 }],
      ...(['model', 'lastSeenAt'] as const).map(
        field => [{ organisationId: 1, lifecycle: 1, [field]: 1, assetTag: 1 }] as [Record<string, 1>],
      ),
      [{ organisationId: 1, terms: 1 }],
    ],
  })
}

function defineInventories(tables: Tables): Table<InventoryRow> {
  return tables.define<InventoryRow>({
    name: 'deviceInventories',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      apps: { type: [Object], default: undefined },
      managedApps: { type: [Object], default: undefined },
      profiles: { type: [Object], default: undefined },
    },
    indexes: [],
  })
}

/** The fields that have a value, with `prefix` before their names. */
function given(fields: object, prefix: string): Record<string, unknown> {
  const entries = Object.entries(fields) as [string, unknown][]
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined).map(([key, value]) => [`${prefix}${key}`, value]),
  )
}

function fromDevice(device: Device): DeviceRow {
  return { ...toRow(device), terms: searchTerms(device) }
}

function toDevice(row: DeviceRow): Device {
  // Registered before anybody asked whose it is: ours, as all were.
  const device = { ownership: 'organisation', ...(fromRow<Device>(row) as Partial<Device>) } as Device
  for (const ours of ['terms', 'inventoryAskedAt']) Reflect.deleteProperty(device, ours)
  return device
}

async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const tag = (error as Error).message.includes('assetTag')
    if (tag)
      throw new DomainError(
        'conflict',
        'tag-taken',
        'Another iPad has this tag. Give a different one.',
        field('assetTag'),
      )
    throw new DomainError(
      'conflict',
      'serial-taken',
      'There is already an iPad with this serial number.',
      field('serialNumber'),
    )
  }
}

function field(path: string) {
  return [{ path, message: 'This is already in use.' }]
}
