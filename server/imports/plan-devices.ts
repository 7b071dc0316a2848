import { normalTag } from '../devices/asset-tag.ts'
import { normalSerial, type Device, type Purchase } from '../devices/device.ts'
import { deviceErrors, writtenFields, type DeviceInput } from '../devices/device-input.ts'
import { whyOwnershipStays } from '../devices/ownership.ts'
import { because, type Reason } from '../reason.ts'
import { readDay, readOrigin, readOwnership, readPrice } from './cells.ts'
import { deviceColumns, findColumns, type DeviceColumn } from './columns.ts'
import { cellReader, reasonsOf, type PlannedRow } from './import-plan.ts'
import { type Table, type TableRow } from './reading.ts'

export interface PlannedDevice extends PlannedRow {
  /** What to register or to write; undefined when there is nothing to do. */
  readonly write?: {
    readonly input: DeviceInput & { readonly serialNumber: string }
    readonly existing?: Device
  }
}

interface KnownDevices {
  /** Own iPads with a serial number or tag of the file. */
  readonly own: readonly Device[]
  /** Serial numbers of the file that other organisations hold. */
  readonly elsewhere: readonly string[]
}

interface ReadDevices {
  readonly ignored: readonly string[]
  readonly rows: readonly {
    readonly row: number
    readonly input: DeviceInput
    readonly reasons: readonly Reason[]
  }[]
}

/**
 * The cells as inputs, before anything is known of the fleet.
 * @throws {DomainError} invalid `columns-missing`, `columns-twice`
 */
export function readDevices({ header, rows }: Table): ReadDevices {
  const { at, ignored } = findColumns(header, deviceColumns, ['serialNumber'])
  return { ignored, rows: rows.map(row => readDevice(row, header, at)) }
}

function readDevice(row: TableRow, header: readonly string[], at: ReadonlyMap<DeviceColumn, number>) {
  const cells = cellReader(row, header, at)
  const serialNumber = cells.text('serialNumber')
  const [on, priceOre] = [cells.read('purchasedOn', readDay), cells.read('price', readPrice)]
  const supplier = cells.text('supplier')
  const hasPurchase = cells.text('purchasedOn') !== undefined || cells.text('price') !== undefined
  const purchase: Purchase | undefined =
    on !== undefined && priceOre !== undefined
      ? { on, priceOre, ...(supplier !== undefined && { supplier }) }
      : undefined
  const input: DeviceInput = {
    serialNumber,
    assetTag: cells.text('assetTag'),
    theftMark: cells.text('theftMark'),
    model: cells.text('model'),
    origin: cells.read('origin', readOrigin),
    ownership: cells.read('ownership', readOwnership),
    purchase,
    warrantyEndsOn: cells.read('warrantyEndsOn', readDay),
  }
  const reasons = [...cells.reasons]
  if (serialNumber === undefined) reasons.push(because('serial-missing', 'The serial number is missing.'))
  if (hasPurchase && !purchase && reasons.length === 0)
    reasons.push(because('purchase-whole', 'A purchase needs both a day and a price.'))
  reasons.push(...reasonsOf(deviceErrors(input)))
  return { row: row.row, input, reasons }
}

/** What is known beside the row itself: the fleet, and which row above named what. */
interface Around {
  readonly bySerial: ReadonlyMap<string, Device>
  readonly byTag: ReadonlyMap<string, Device>
  readonly foreign: ReadonlySet<string>
  readonly serialRows: Map<string, number>
  readonly tagRows: Map<string, number>
}

/** What each row does to the fleet as it is. The same function serves the preview and the import itself. */
export function planDevices({ rows }: ReadDevices, { own, elsewhere }: KnownDevices): PlannedDevice[] {
  const around: Around = {
    bySerial: new Map(own.map(device => [device.serialNumber, device])),
    byTag: new Map(own.map(device => [device.assetTag, device])),
    foreign: new Set(elsewhere),
    serialRows: new Map(),
    tagRows: new Map(),
  }
  return rows.map(({ row, input, reasons: unreadable }) => {
    const serialNumber = normalSerial(input.serialNumber ?? '')
    const tag = input.assetTag === undefined ? undefined : normalTag(input.assetTag)
    const reasons = [...unreadable, ...clashes(row, serialNumber, tag, around)]
    const subject = serialNumber || (tag ?? '')
    const existing = around.bySerial.get(serialNumber)
    const stays = existing && whyOwnershipStays(existing, input.ownership)
    if (stays) reasons.push(stays)
    if (reasons.length > 0) return { row, outcome: 'error', subject, fields: [], reasons }
    const fields = changedFields(input, existing)
    if (existing && fields.length === 0) return { row, outcome: 'same', subject, fields, reasons }
    const write = { input: { ...input, serialNumber }, ...(existing && { existing }) }
    return { row, outcome: existing ? 'change' : 'create', subject, fields, reasons, write }
  })
}

function clashes(row: number, serialNumber: string, tag: string | undefined, around: Around): Reason[] {
  const reasons: Reason[] = []
  const sameSerial = serialNumber ? around.serialRows.get(serialNumber) : undefined
  if (sameSerial === undefined) around.serialRows.set(serialNumber, row)
  else reasons.push(because('same-serial', 'Row {row} has the same serial number.', { row: sameSerial }))
  if (around.foreign.has(serialNumber))
    reasons.push(because('ipad-foreign', 'The iPad belongs to another organisation.'))
  if (tag === undefined) return reasons
  const sameTag = around.tagRows.get(tag)
  if (sameTag === undefined) around.tagRows.set(tag, row)
  else reasons.push(because('same-tag', 'Row {row} has the same tag.', { row: sameTag }))
  const holder = around.byTag.get(tag)
  if (holder && holder.serialNumber !== serialNumber)
    reasons.push(because('tag-elsewhere', 'The tag is already on {serial}.', { serial: holder.serialNumber }))
  return reasons
}

function changedFields(input: DeviceInput, existing: Device | undefined): string[] {
  const { written } = writtenFields(input)
  const said = (value: unknown) => JSON.stringify(sorted(value))
  return (Object.keys(written) as (keyof typeof written)[]).filter(
    field => !existing || said(existing[field]) !== said(written[field]),
  )
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).toSorted() : value
}
