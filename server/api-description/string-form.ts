import { type JsonSchema, type Rule, UnknownSchema } from './schema-form.ts'

type Args = Readonly<Record<string, unknown>>

/** What each rule of Joi for texts is in JSON Schema; what is put right before it is looked at is nothing there. */
const forms: Readonly<Record<string, (args: Args) => JsonSchema>> = {
  trim: () => ({}),
  min: ({ limit }) => ({ minLength: limit }),
  max: ({ limit }) => ({ maxLength: limit }),
  length: ({ limit }) => ({ minLength: limit, maxLength: limit }),
  pattern: ({ regex }) => ({ pattern: sourceOf(String(regex)) }),
  hex: () => ({ pattern: '^[0-9a-fA-F]+$' }),
  base64: () => ({ contentEncoding: 'base64' }),
  email: () => ({ format: 'email' }),
  uri: () => ({ format: 'uri' }),
  domain: () => ({ format: 'hostname' }),
  hostname: () => ({ format: 'hostname' }),
  isoDate: () => ({ format: 'date-time' }),
  guid: () => ({ format: 'uuid' }),
}

/**
 * The JSON Schema of a text. Joi takes no empty text unless it is allowed by name.
 * @throws {UnknownSchema} for a rule that is not in the table
 */
export function formOfString(rules: readonly Rule[]): JsonSchema {
  const form: JsonSchema = { type: 'string', minLength: 1 }
  return rules.reduce((sum, { name, args = {} }) => {
    const rule = forms[name]
    if (!rule) throw new UnknownSchema(`string with ${name}`)
    return { ...sum, ...rule(args) }
  }, form)
}

/** The inside of `/…/`; flags that JSON Schema has no word for are refused. */
function sourceOf(regex: string): string {
  const found = /^\/(.*)\/([a-z]*)$/s.exec(regex)
  if (!found || !['', 'u'].includes(found[2] ?? '')) throw new UnknownSchema(`the pattern ${regex}`)
  return found[1] ?? ''
}
