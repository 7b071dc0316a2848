import { DomainError } from '../domain-error.ts'
import { isDuplicateKey } from '../database/duplicate-key.ts'
import { fromRow, toRow, type Queries, type Stored } from '../database/queries.ts'
import { type Filter, type Table, type Tables } from '../database/tables.ts'
import { type Device } from './device.ts'
import { searchTerms, type DeviceCount, type DevicePlace } from './device-search.ts'
import { type DeviceStore } from './device-store.ts'

interface DeviceRow extends Stored<Device> {
  /** What a search can begin with; see `searchTerms`. */
  readonly terms: readonly string[]
}

type Rows = Queries<DeviceRow>

/**
 * Devices in the database. Each sortable field has an index that ends in the tag, so that one index gives the filter,
 * the order and the place where a page begins; nothing is sorted or skipped over in memory.
 */
export function createMongoDeviceStore(tables: Tables): DeviceStore {
  const devices = defineDevices(tables)
  const any = devices.acrossOrganisations('a serial number is unique in the whole installation')
  const one = (row: DeviceRow | undefined) => row && toDevice(row)
  return {
    find: async (organisationId, id) => one(await devices.within(organisationId).findOne({ _id: id })),
    findMany: async (organisationId, ids) =>
      (await devices.within(organisationId).find({ _id: { $in: ids } }, { fields: withoutLists })).map(
        toDevice,
      ),
    findBySerial: async serialNumber => one(await any.findOne({ serialNumber })),
    exists: async id => (await any.findOne({ _id: id }, { fields: { _id: 1 } })) !== undefined,
    async findByCodes(organisationId, codes) {
      const own = devices.within(organisationId)
      const found = await own.find({ terms: { $in: codes } }, { limit: 100, fields: withoutLists })
      const exact = ({ assetTag, serialNumber, theftMark = '' }: DeviceRow) =>
        [assetTag, serialNumber, theftMark.toUpperCase()].some(code => codes.includes(code))
      return found.filter(exact).slice(0, 10).map(toDevice)
    },
    async findWritten(organisationId, serialNumbers, assetTags) {
      const own = devices.within(organisationId)
      const rows = [
        ...(await own.find({ serialNumber: { $in: serialNumbers } }, { fields: withoutLists })),
        ...(await own.find({ assetTag: { $in: assetTags } }, { fields: withoutLists })),
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
    page: async (organisationId, query) => (await page(devices.within(organisationId), query)).map(toDevice),
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
    applyInformation: (organisationId, id, information) =>
      devices.within(organisationId).updateOne(
        { _id: id },
        {
          $set: Object.fromEntries(
            Object.entries(information).map(([key, value]) => [`information.${key}`, value]),
          ),
        },
      ),
    withOldInventory: async ({ toldBefore, seenSince, settledBefore, limit }) =>
      (
        await any.find(
          {
            management: 'enrolled',
            $or: [
              { 'information.appsReportedAt': null },
              { 'information.appsReportedAt': { $lt: toldBefore } },
            ],
            'information.reportedAt': { $lt: settledBefore },
            lastSeenAt: { $gte: seenSince },
          } as never,
          { limit, fields: { organisationId: 1 } },
        )
      ).map(({ _id, organisationId }) => ({ id: _id, organisationId })),
    saw: sightings =>
      any.bulkWrite(
        sightings.map(({ organisationId, deviceId, at }) => ({
          updateOne: { filter: { _id: deviceId, organisationId }, update: { $max: { lastSeenAt: at } } },
        })),
      ),
  }
}

const withoutLists = { 'information.apps': 0, 'information.profiles': 0 } as const

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
      purchase: { type: { on: String, priceOre: Number, supplier: String }, _id: false },
      warrantyEndsOn: String,
      lifecycle: { type: String, required: true },
      management: { type: String, required: true },
      lock: { type: String, required: true },
      lastSeenAt: Date,
      // Checked by type where it is read from the iPad's message; new facts need no change here.
      information: Object,
      createdAt: Date,
      version: Number,
      terms: [String],
    },
    indexes: [
      [{ serialNumber: 1 }, { unique: true }],
      [{ management: 1, 'information.appsReportedAt': 1 }],
      [{ organisationId: 1, assetTag: 1 }, { unique: true }],
      [{ organisationId: 1, serialNumber: 1 }],
      ...(['model', 'lifecycle', 'management', 'lock', 'lastSeenAt'] as const).map(
        field => [{ organisationId: 1, [field]: 1, assetTag: 1 }] as [Record<string, 1>],
      ),
      [{ organisationId: 1, terms: 1 }],
    ],
  })
}

/**
 * One page in order, as two reads that an index answers each: what is left of the cursor's own value, then what
 * follows it.
 */
async function page(own: Rows, query: DevicePlace): Promise<DeviceRow[]> {
  const { sort, descending, limit, after } = query
  const direction = descending ? -1 : 1
  const beyond = descending ? '$lt' : '$gt'
  const filter = filterOf(query)
  const order = sort === 'assetTag' ? { assetTag: direction } : { [sort]: direction, assetTag: direction }
  const read = (more: Filter<DeviceRow>, count: number) =>
    own.find(
      { ...filter, ...both(filter, more) },
      { sort: order as never, limit: count, fields: withoutLists },
    )
  if (!after) return read({}, limit + 1)
  if (sort === 'assetTag') return read({ assetTag: { [beyond]: after.assetTag } }, limit + 1)
  const same = await read({ [sort]: after.value, assetTag: { [beyond]: after.assetTag } }, limit + 1)
  if (same.length > limit) return same
  const rest = await read(following(sort, after.value, descending), limit + 1 - same.length)
  return [...same, ...rest]
}

/** Rows whose value comes after `value`. Those without one (never seen) come first, and last when descending. */
function following(sort: string, value: string | Date | null, descending: boolean): Record<string, unknown> {
  if (descending)
    return value === null ? { _id: { $in: [] } } : { $or: [{ [sort]: { $lt: value } }, { [sort]: null }] }
  return { [sort]: value === null ? { $gt: new Date(0) } : { $gt: value } }
}

/** `more` beside `filter` also when both speak of one field. */
function both(filter: object, more: object): Record<string, unknown> {
  const twice = Object.keys(more).some(key => key in filter)
  return twice ? { $and: [more] } : { ...more }
}

function filterOf({ q, lifecycle, management, lock, model }: DevicePlace): Filter<DeviceRow> {
  const text = q?.trim().toUpperCase()
  return {
    ...(lifecycle && { lifecycle }),
    ...(management && { management }),
    ...(lock && { lock }),
    ...(model && { model }),
    // Beginning with the text, as one range of the index.
    ...(text && { terms: { $elemMatch: { $gte: text, $lt: `${text}\uffff` } } }),
  }
}

function fromDevice(device: Device): DeviceRow {
  return { ...toRow(device), terms: searchTerms(device) }
}

function toDevice(row: DeviceRow): Device {
  const device = fromRow<Device>(row)
  Reflect.deleteProperty(device, 'terms')
  return device
}

async function taken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    const tag = (error as Error).message.includes('assetTag')
    if (tag) throw new DomainError('conflict', 'tag-taken', 'Another iPad has this tag.', field('assetTag'))
    throw new DomainError(
      'conflict',
      'serial-taken',
      'There is an iPad with this serial number.',
      field('serialNumber'),
    )
  }
}

function field(path: string) {
  return [{ path, message: 'It is taken.' }]
}
