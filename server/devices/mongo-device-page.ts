import { type Queries, type Stored } from '../database/queries.ts'
import { type Filter } from '../database/tables.ts'
import { type Device } from './device.ts'
import { type DeviceFilter, type DevicePlace } from './device-search.ts'

export interface DeviceRow extends Stored<Device> {
  /** What a search can begin with; see `searchTerms`. */
  readonly terms: readonly string[]
  /** When it was last asked for its inventory by itself. */
  readonly inventoryAskedAt?: Date
}

type Rows = Queries<DeviceRow>
type Condition = Readonly<Record<string, unknown>>

/** Up to this many iPads are sorted in memory; beyond it an index must give the order. */
const few = 300

/**
 * One page in order. The order comes from an index that ends in the tag, and a page begins at a place in it: nothing is
 * skipped over. Only when a condition leaves few iPads of a large fleet are those sorted, whatever the order.
 */
export async function pageOfDevices(own: Rows, place: DevicePlace): Promise<DeviceRow[]> {
  const conditions = togetherOf(conditionsOf(place), place)
  const rare = hasIndex(place) ? undefined : await rareOf(own, conditions)
  const leading = rare ?? leadingOf(conditions, place)
  const others = conditions.filter(condition => condition !== leading).map(aside)
  const filter = { $and: [...(leading ? [leading] : []), ...others] }
  return ordered(own, filter, place, rare ? aside : part => part)
}

/** How many iPads the conditions leave, as far as `most`: reading all of a fleet only to count it takes seconds. */
export async function countDevices(own: Rows, query: DeviceFilter, most: number): Promise<number> {
  const conditions = conditionsOf(query)
  const filter: Filter<DeviceRow> = conditions.length > 0 ? { $and: conditions } : {}
  return (await own.find(filter, { limit: most, fields: { _id: 1 } })).length
}

/** Life and management, which are asked for together most, are one condition where an index gives both by tag. */
function togetherOf(conditions: readonly Condition[], { sort }: DevicePlace): readonly Condition[] {
  const pair = conditions.filter(condition => 'lifecycle' in condition || 'management' in condition)
  if (sort !== 'assetTag' || pair.length !== 2) return conditions
  return [
    ...conditions.filter(condition => !pair.includes(condition)),
    Object.assign({}, ...pair) as Condition,
  ]
}

/** Whether one index gives all conditions and the order: a lifecycle has one for each order, the others for tags. */
function hasIndex({ q, sort, ...place }: DevicePlace): boolean {
  const states = [place.lifecycle, place.lock, place.management, place.model, place.ownership].filter(
    state => state !== undefined,
  )
  const isPair =
    states.length === 2 &&
    place.lifecycle !== undefined &&
    place.management !== undefined &&
    sort === 'assetTag'
  return (
    !q &&
    (isPair ||
      states.length === 0 ||
      (states.length === 1 && (place.lifecycle !== undefined || sort === 'assetTag')))
  )
}

/** The condition that an index gives together with the order, if there is one. */
function leadingOf(conditions: readonly Condition[], { sort }: DevicePlace): Condition | undefined {
  const lifecycle = conditions.find(condition => 'lifecycle' in condition)
  return (
    lifecycle ?? (sort === 'assetTag' ? conditions.find(condition => !('terms' in condition)) : undefined)
  )
}

/** The conditions of a query; those that are likely to leave few iPads come last. */
function conditionsOf({ q, lifecycle, management, lock, model, ownership }: DeviceFilter): Condition[] {
  // No tag holds a null character, and a pattern may not.
  const text = q?.replaceAll('\0', '').trim().toUpperCase()
  return [
    ...(model ? [{ model }] : []),
    ...(ownership ? [{ ownership }] : []),
    ...(management ? [{ management }] : []),
    ...(lifecycle ? [{ lifecycle }] : []),
    ...(lock ? [{ lock }] : []),
    ...(text ? [{ terms: { $regex: `^${text.replace(/[^\p{L}\p{N}]/gu, '\\$&')}` } }] : []),
  ]
}

/**
 * The same condition in a form that no index serves, so that the database uses the index of another condition and
 * checks this one on its rows.
 */
function aside(condition: Condition): Condition {
  return { $nor: [{ $nor: [condition] }] }
}

/** The condition that leaves few iPads, if one does. */
async function rareOf(own: Rows, conditions: readonly Condition[]): Promise<Condition | undefined> {
  for (const condition of conditions.toReversed()) {
    if (condition['lock'] === 'open') continue
    const found = await own.find(condition, { limit: few + 1, fields: { _id: 1 } })
    if (found.length <= few) return condition
  }
  return undefined
}

/** The rows of a page in their order: what is left of the cursor's own value, then what follows it. */
async function ordered(
  own: Rows,
  filter: { readonly $and: readonly Condition[] },
  place: DevicePlace,
  beside: (part: Condition) => Condition,
): Promise<DeviceRow[]> {
  const { sort, descending, limit, after } = place
  const direction = descending ? -1 : 1
  const order = sort === 'assetTag' ? { assetTag: direction } : { [sort]: direction, assetTag: direction }
  const rows: DeviceRow[] = []
  for (const part of after ? partsAfter(place, after) : [undefined]) {
    const wanted = limit + 1 - rows.length
    if (wanted <= 0) break
    const all = [...filter.$and, ...(part ? [beside(part)] : [])]
    const both = (all.length > 0 ? { $and: all } : {}) as Filter<DeviceRow>
    rows.push(...(await own.find(both, { sort: order as never, limit: wanted })))
  }
  return rows
}

/** The rows behind a place, part by part. Those without a value (never seen) come first, and last when descending. */
function partsAfter(
  { sort, descending }: DevicePlace,
  { value, assetTag }: NonNullable<DevicePlace['after']>,
): Condition[] {
  const beyond = descending ? '$lt' : '$gt'
  if (sort === 'assetTag') return [{ assetTag: { [beyond]: assetTag } }]
  const same = { [sort]: value, assetTag: { [beyond]: assetTag } }
  if (value !== null)
    return [same, { [sort]: { [beyond]: value } }, ...(descending ? [{ [sort]: null }] : [])]
  return descending ? [same] : [same, { [sort]: { $gt: new Date(0) } }]
}
