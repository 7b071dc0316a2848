import { isOpen, openStates } from '../../mdm/command-queue.ts'
import { type JsonObject } from '../../mdm/command-report.ts'
import { type SecretBox } from '../certificates/secret-box.ts'
import { type Tables } from '../database/tables.ts'
import { type Command, type CommandTimes } from './command.ts'
import { type CommandChange, type CommandStore } from './command-store.ts'

type Kept = Omit<Command, 'id' | 'parameters' | 'result' | 'error' | 'times'>

/**
 * A command as it is stored. What devices and callers name freely is stored as text: a bundle identifier as a key would
 * be a path to the database. `open` is set only while something still happens, for the index that finds the next
 * command without looking at finished ones.
 */
interface CommandRow extends Kept, CommandTimes {
  readonly _id: string
  readonly open?: true
  /** Sealed. */
  readonly parameters: string
  /** What the parameters were made of, sealed; only while the command is open. */
  readonly source?: string
  readonly result?: string
  readonly error?: string
}

export function createMongoCommandStore(
  tables: Tables,
  secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>,
): CommandStore {
  const commands = tables.define<CommandRow>({
    name: 'commands',
    tenancy: { belongsTo: 'organisation' },
    fields: {
      deviceId: { type: String, required: true },
      enrolmentId: { type: String, required: true },
      requestType: { type: String, required: true },
      parameters: { type: String, required: true },
      source: String,
      state: { type: String, required: true },
      open: Boolean,
      result: String,
      error: String,
      reason: String,
      requestedBy: { kind: String, id: String, name: String, _id: false },
      sequence: { type: Number, required: true },
      queuedAt: { type: Date, required: true },
      pushedAt: Date,
      sentAt: Date,
      notNowAt: Date,
      finishedAt: Date,
      expiresAt: Date,
      lockBefore: String,
    },
    indexes: [
      [
        { enrolmentId: 1, sequence: 1 },
        { partialFilterExpression: { open: true }, name: 'openInOrder' },
      ],
      [{ expiresAt: 1 }, { partialFilterExpression: { open: true }, name: 'openByExpiry' }],
      [{ organisationId: 1, deviceId: 1, queuedAt: -1, _id: -1 }],
      [
        { organisationId: 1, finishedAt: -1 },
        { partialFilterExpression: { state: 'failed' }, name: 'failedByTime' },
      ],
    ],
  })
  const { toCommandRow, toCommand, sealedParameters } = createRows(secrets)
  const any = commands.acrossOrganisations('an enrolment names its organisation; time runs out in all')

  return {
    async insert(...added) {
      const [first] = added
      if (first) await commands.within(first.organisationId).insert(...added.map(toCommandRow))
    },
    async find(organisationId, id) {
      const row = await commands.within(organisationId).findOne({ _id: id })
      return row && toCommand(row)
    },
    page: async (organisationId, deviceId, { limit, after, requestType, state }) =>
      (
        await commands.within(organisationId).find(
          {
            deviceId,
            ...(requestType !== undefined && { requestType }),
            ...(state !== undefined && { state }),
            ...(after && {
              $or: [
                { queuedAt: { $lt: after.queuedAt } },
                { queuedAt: after.queuedAt, _id: { $lt: after.id } },
              ],
            }),
          },
          { sort: { queuedAt: -1, _id: -1 }, limit: limit + 1, fields: { parameters: 0, result: 0 } },
        )
      ).map(toCommand),
    waiting: async (enrolmentId, behind, limit) =>
      (
        await any.find(
          { enrolmentId, open: true, sequence: { $gt: behind } },
          {
            sort: { sequence: 1 },
            limit,
            fields: { state: 1, sequence: 1, requestType: 1, expiresAt: 1 },
          },
        )
      ).flatMap(({ _id, state, sequence, requestType, expiresAt }) =>
        isOpen(state) ? [{ id: _id, state, sequence, requestType, ...(expiresAt && { expiresAt }) }] : [],
      ),
    async change({ id, organisationId }, from, change) {
      const row = await commands
        .within(organisationId)
        .findOneAndUpdate({ _id: id, state: { $in: from } }, updateOf(change))
      return row && toCommand(row)
    },
    overdue: async (now, limit) =>
      (await any.find({ open: true, expiresAt: { $lte: now } }, { limit, fields: { parameters: 0 } })).map(
        toCommand,
      ),
    async pushed(enrolmentIds, at) {
      await any.updateMany(
        {
          enrolmentId: { $in: enrolmentIds },
          open: true,
          pushedAt: { $exists: false },
          // What was asked for since has a push of its own.
          queuedAt: { $lte: at },
        },
        { $set: { pushedAt: at } },
      )
    },
    failedSince: async (organisationId, since, limit) =>
      (
        await commands
          .within(organisationId)
          .find(
            { state: 'failed', finishedAt: { $gte: since }, 'requestedBy.kind': { $in: ['staff', 'token'] } },
            { sort: { finishedAt: -1 }, limit, fields: { parameters: 0, result: 0 } },
          )
      ).map(toCommand),
    async keepSource({ id, organisationId }, source) {
      const sealed = secrets.sealSecret(source, placeOfSource(id))
      await commands.within(organisationId).updateOne({ _id: id }, { $set: { source: sealed } })
    },
    async sourceOf(organisationId, id) {
      const row = await commands.within(organisationId).findOne({ _id: id })
      return row?.source === undefined ? undefined : secrets.openSecret(row.source, placeOfSource(id))
    },
    remake: ({ id, organisationId, parameters }) =>
      commands
        .within(organisationId)
        .updateOne({ _id: id, open: true }, { $set: { parameters: sealedParameters({ id, parameters }) } }),
    async removeResult(organisationId, id) {
      await commands.within(organisationId).updateOne({ _id: id }, { $unset: { result: '' } })
    },
  }
}

function createRows(secrets: Pick<SecretBox, 'sealSecret' | 'openSecret'>) {
  /** Undefined where a list did not bring them. */
  function openParameters({ _id, parameters }: Partial<CommandRow> & { _id: string }): string | undefined {
    if (parameters === undefined) return undefined
    return Buffer.from(secrets.openSecret(parameters, placeOf(_id))).toString('utf8')
  }

  const sealedParameters = ({ id, parameters }: Pick<Command, 'id' | 'parameters'>): string =>
    secrets.sealSecret(Buffer.from(JSON.stringify(parameters), 'utf8'), placeOf(id))

  function toCommandRow({ id, parameters, result, error, times, ...rest }: Command): CommandRow {
    return {
      ...rest,
      ...times,
      _id: id,
      parameters: sealedParameters({ id, parameters }),
      ...(result && { result: JSON.stringify(result) }),
      ...(error && { error: JSON.stringify(error) }),
      ...(isOpen(rest.state) && { open: true as const }),
    }
  }

  function toCommand(row: CommandRow): Command {
    const { queuedAt, pushedAt, sentAt, notNowAt, finishedAt } = row
    return {
      id: row._id,
      organisationId: row.organisationId,
      deviceId: row.deviceId,
      enrolmentId: row.enrolmentId,
      requestType: row.requestType,
      parameters: parsed(openParameters(row)),
      state: row.state,
      ...(row.result !== undefined && { result: parsed(row.result) }),
      ...(row.error !== undefined && { error: JSON.parse(row.error) as NonNullable<Command['error']> }),
      ...(row.reason !== undefined && { reason: row.reason }),
      requestedBy: row.requestedBy,
      sequence: row.sequence,
      times: {
        queuedAt,
        ...(pushedAt && { pushedAt }),
        ...(sentAt && { sentAt }),
        ...(notNowAt && { notNowAt }),
        ...(finishedAt && { finishedAt }),
      },
      ...(row.expiresAt && { expiresAt: row.expiresAt }),
      ...(row.lockBefore && { lockBefore: row.lockBefore }),
    }
  }

  return { toCommandRow, toCommand, sealedParameters }
}

const placeOf = (id: string): string => `command/${id}/parameters`
const placeOfSource = (id: string): string => `command/${id}/source`

/** Empty where a list did not bring the big field. */
function parsed(text: string | undefined): JsonObject {
  return text === undefined ? {} : (JSON.parse(text) as JsonObject)
}

function updateOf({ result, error, ...change }: CommandChange) {
  const ends = change.state !== undefined && !(openStates as readonly string[]).includes(change.state)
  return {
    $set: {
      ...change,
      ...(result && { result: JSON.stringify(result) }),
      ...(error && { error: JSON.stringify(error) }),
    },
    ...(ends && { $unset: { open: '' as const, source: '' as const } }),
  }
}
