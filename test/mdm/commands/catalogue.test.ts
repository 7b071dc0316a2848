import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { parse } from 'yaml'
import { catalogue, commandKind, requestTypes } from '../../../mdm/commands/catalogue.ts'
import { informationQueries } from '../../../mdm/commands/device-information-queries.ts'
import { type Parameter, type Parameters } from '../../../mdm/commands/parameter.ts'
import { beside } from '../../support/beside.ts'

/** One key as Apple's schema describes it. */
interface SchemaKey {
  readonly key: string
  readonly type: string
  readonly presence?: string
  readonly rangelist?: readonly (string | number)[]
  readonly subkeys?: readonly SchemaKey[]
  readonly supportedOS?: { readonly iOS?: { readonly introduced?: string } }
}

interface Schema {
  readonly payload: {
    readonly requesttype: string
    readonly supportedOS: { readonly iOS: { readonly introduced: string; readonly supervised?: boolean } }
  }
  readonly payloadkeys?: readonly SchemaKey[]
}

const types = {
  string: '<string>',
  integer: '<integer>',
  boolean: '<boolean>',
  data: '<data>',
  strings: '<array>',
  dictionary: '<dictionary>',
  dictionaries: '<array>',
  anything: '<dictionary>',
} as const satisfies Record<Parameter['kind'], string>

/** Where our description of a command says something else than Apple's. */
function differences(ours: Parameters, theirs: readonly SchemaKey[], path: string): string[] {
  const missing = theirs
    .filter(({ key, presence }) => presence === 'required' && !Object.hasOwn(ours, key))
    .map(({ key }) => `${path}${key} is required by Apple`)
  const wrong = Object.entries(ours).flatMap(([key, parameter]) => {
    const their = theirs.find(each => each.key === key)
    if (!their) return [`${path}${key} is not Apple's`]
    if (their.supportedOS?.iOS?.introduced === 'n/a') return [`${path}${key} is not for iPads`]
    if (their.type !== types[parameter.kind]) return [`${path}${key} is ${their.type}`]
    return [...rangeOf(parameter, their, path + key), ...inside(parameter, their, `${path}${key}.`)]
  })
  return [...missing, ...wrong]
}

function rangeOf(parameter: Parameter, { rangelist, subkeys }: SchemaKey, path: string): string[] {
  const allowed = 'oneOf' in parameter ? parameter.oneOf : undefined
  const theirs = parameter.kind === 'strings' ? subkeys?.[0]?.rangelist : rangelist
  if (!allowed || !theirs) return []
  // Apple's own examples send 0 for "no flags", which its list leaves out.
  return allowed
    .filter(value => value !== 0 && !theirs.includes(value))
    .map(value => `${path} may not be ${value}`)
}

function inside(parameter: Parameter, { subkeys = [] }: SchemaKey, path: string): string[] {
  if (parameter.kind === 'dictionary') return differences(parameter.keys, subkeys, path)
  if (parameter.kind !== 'dictionaries') return []
  const [item] =
    parameter.keys['Item'] && 'oneOf' in parameter.keys['Item'] ? (parameter.keys['Item'].oneOf ?? []) : []
  const variant = subkeys.find(({ key }) => key === item)
  return variant ? differences(parameter.keys, variant.subkeys ?? [], path) : [`${path} has no such item`]
}

const theirs = beside('apple/mdm/commands')

theirs.test('every command and parameter is as Apple describes it', t => {
  const schemas = readdirSync(theirs.path).map(
    name => parse(readFileSync(join(theirs.path, name), 'utf8')) as Schema,
  )
  for (const requestType of requestTypes) {
    const schema = schemas.find(({ payload }) => payload.requesttype === requestType)
    if (!schema) {
      t.fail(`${requestType} is no command of Apple's`)
      continue
    }
    const kind = commandKind(requestType)
    const given = (schema.payloadkeys ?? []).filter(({ key }) => key !== kind.secret)
    t.deepEqual(differences(kind.parameters, given, ''), [], requestType)
    t.is(
      kind.supervised ?? false,
      requestType !== 'Settings' ? (schema.payload.supportedOS.iOS.supervised ?? false) : true,
      requestType,
    )
    if (kind.secret) t.true(schema.payloadkeys?.some(({ key }) => key === kind.secret))
  }
  const information = schemas.find(({ payload }) => payload.requesttype === 'DeviceInformation')
  const queries = information?.payloadkeys?.find(({ key }) => key === 'Queries')?.subkeys?.[0]
  const known = new Set([...(queries?.rangelist ?? []), ...(queries?.subkeys ?? []).map(({ key }) => key)])
  t.deepEqual(
    informationQueries.filter(query => !known.has(query)),
    [],
  )
})

test('the commands of the main job are there', t => {
  const needed = [
    'DeviceInformation',
    'SecurityInfo',
    'InstalledApplicationList',
    'ProfileList',
    'InstallProfile',
    'RemoveProfile',
    'InstallApplication',
    'DeviceLock',
    'EnableLostMode',
    'DisableLostMode',
    'DeviceLocation',
    'PlayLostModeSound',
    'EraseDevice',
  ]
  t.deepEqual(
    needed.filter(name => !Object.hasOwn(catalogue, name)),
    [],
  )
})
