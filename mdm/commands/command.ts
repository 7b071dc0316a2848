import { PlistValueError, writePlist } from '../../profiles/plist/write-plist.ts'
import { type JsonObject } from '../command-report.ts'
import { commandKind, isRequestType, requestTypes, type RequestType } from './catalogue.ts'
import { CommandError } from './command-error.ts'
import { plistOf, problemsOf, shownParameters } from './parameter.ts'

/** A checked command. Parameters have Apple's names, data is base64. */
export interface CheckedCommand {
  readonly requestType: RequestType
  readonly parameters: JsonObject
}

/**
 * The command, with defaults for parameters left out. Throws `CommandError`, also for what no property list can carry:
 * one command that cannot be written would hold up all that is queued behind it.
 */
export function checkCommand(requestType: string, given: Readonly<Record<string, unknown>>): CheckedCommand {
  if (!isRequestType(requestType)) {
    throw new CommandError('There is no such command.', [
      { path: 'requestType', message: `This must be one of ${requestTypes.join(', ')}.` },
    ])
  }
  const kind = commandKind(requestType)
  const parameters = { ...kind.defaults, ...withoutUndefined(given) }
  const problems = problemsOf(kind.parameters, parameters)
  const all = problems.length > 0 ? problems : (kind.check?.(parameters) ?? [])
  if (all.length > 0) throw new CommandError('Some parameters of the command are not right.', all)
  const command = { requestType, parameters: parameters as JsonObject }
  buildCommand('', command, { unlockToken: new Uint8Array() })
  return command
}

/** The parameters without what nobody may read: of data only its size and SHA-256. */
export function parametersShown(requestType: string, parameters: JsonObject): Record<string, unknown> {
  return shownParameters(isRequestType(requestType) ? commandKind(requestType).parameters : {}, parameters)
}

function withoutUndefined(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

/** Secrets of the iPad that only the hand-out adds. */
interface CommandSecrets {
  readonly unlockToken: Uint8Array | undefined
}

/**
 * The property list to hand out. The same command always gives the same bytes, so a repetition is one.
 * Throws `CommandError` when it needs a secret that is not known, or holds what no property list can carry.
 */
export function buildCommand(uuid: string, command: CheckedCommand, secrets: CommandSecrets): Uint8Array {
  const kind = commandKind(command.requestType)
  const secret = secretOf(kind.secret, secrets)
  try {
    const parameters = plistOf(kind.parameters, command.parameters)
    return writePlist({
      Command: { ...parameters, ...secret, RequestType: command.requestType },
      CommandUUID: uuid,
    })
  } catch (error) {
    throw unwritable(error)
  }
}

function unwritable(error: unknown): unknown {
  const words = 'A value of the command cannot be written.'
  // Nested deeper than the stack bears: kept before the depth was bounded.
  if (error instanceof RangeError) return new CommandError(words, [])
  if (!(error instanceof PlistValueError)) return error
  const path = error.path.replace(/^Command\./, '')
  return new CommandError(words, [{ path, message: `This ${error.why}.` }])
}

function secretOf(
  name: 'UnlockToken' | undefined,
  { unlockToken }: CommandSecrets,
): Record<string, Uint8Array> {
  if (name === undefined) return {}
  if (unlockToken) return { [name]: unlockToken }
  throw new CommandError('The iPad has given no unlock token.', [])
}
