import test from 'ava'
import Joi from 'joi'
import { jsonSchemaOf } from '../../../server/api-description/json-schema.ts'
import { type Described } from '../../../server/api-description/schema-form.ts'

const schemaOf = (schema: Joi.Schema) => jsonSchemaOf(schema.describe() as Described)

test('what Joi accepts is said in the words of JSON Schema', t => {
  const cases: readonly (readonly [Joi.Schema, unknown])[] = [
    [Joi.string().trim().max(60), { type: 'string', minLength: 1, maxLength: 60 }],
    [
      Joi.string().max(60).allow(''),
      { anyOf: [{ type: 'string', minLength: 1, maxLength: 60 }, { const: '' }] },
    ],
    [Joi.string().allow(null, ''), { anyOf: [{ type: 'string', minLength: 1 }, { enum: [null, ''] }] }],
    [Joi.string().valid('sv', 'en').default('sv'), { enum: ['sv', 'en'], default: 'sv' }],
    [Joi.valid('body'), { const: 'body' }],
    [Joi.string().pattern(/^[\w-]{8,100}$/), { type: 'string', minLength: 1, pattern: '^[\\w-]{8,100}$' }],
    [
      Joi.string().hex().length(64),
      { type: 'string', minLength: 64, maxLength: 64, pattern: '^[0-9a-fA-F]+$' },
    ],
    [
      Joi.number().integer().min(1).max(200).default(50),
      { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    ],
    [Joi.date().iso(), { type: 'string', format: 'date-time' }],
    [
      Joi.array().items(Joi.boolean()).min(1).max(3).unique(),
      {
        type: 'array',
        items: { type: 'boolean' },
        minItems: 1,
        maxItems: 3,
        uniqueItems: true,
      },
    ],
    [Joi.alternatives(Joi.number(), Joi.boolean()), { anyOf: [{ type: 'number' }, { type: 'boolean' }] }],
  ]
  for (const [schema, expected] of cases) t.deepEqual(schemaOf(schema), expected)
})

test('objects take no other keys unless they say so, and tell which keys go together', t => {
  const properties = { a: { type: 'boolean' }, b: { type: 'boolean' } }
  const keys = { a: Joi.boolean(), b: Joi.boolean() }
  const closed = { type: 'object', properties, additionalProperties: false }
  t.deepEqual(schemaOf(Joi.object(keys)), closed)
  t.deepEqual(schemaOf(Joi.object({ ...keys, a: Joi.boolean().required() })), { ...closed, required: ['a'] })
  t.deepEqual(schemaOf(Joi.object(keys).unknown(true)), { type: 'object', properties })
  t.deepEqual(schemaOf(Joi.object(keys).or('a', 'b')), {
    ...closed,
    anyOf: [{ required: ['a'] }, { required: ['b'] }],
  })
  t.deepEqual(schemaOf(Joi.object(keys).xor('a', 'b')), {
    ...closed,
    oneOf: [{ required: ['a'] }, { required: ['b'] }],
  })
  t.deepEqual(schemaOf(Joi.object(keys).and('a', 'b')), {
    ...closed,
    dependentRequired: { a: ['b'], b: ['a'] },
  })
})

test('a condition on a sibling becomes a choice between both forms', t => {
  const schema = Joi.alternatives().conditional('.kind', {
    is: 'typed',
    then: Joi.object({ kind: Joi.valid('typed') }),
    otherwise: Joi.object({ kind: Joi.valid('drawn') }),
  })
  const of = (kind: string) => ({
    type: 'object',
    properties: { kind: { const: kind } },
    additionalProperties: false,
  })
  t.deepEqual(schemaOf(schema), { anyOf: [of('typed'), of('drawn')] })
})

test('what the description does not know is refused, never left out in silence', t => {
  const unknown: readonly Joi.Schema[] = [
    Joi.binary(),
    Joi.string().creditCard(),
    Joi.string().pattern(/a/i),
    Joi.number().multiple(5),
    Joi.array().has(Joi.string()),
    Joi.object({ a: Joi.string() }).rename('b', 'a'),
    Joi.object({ a: Joi.string(), b: Joi.string() }).without('a', 'b'),
    Joi.object().pattern(/x/, Joi.string()),
    Joi.object({ a: Joi.string().forbidden() }),
    Joi.string().when('$a', { is: 1, then: Joi.required() }),
    Joi.object({ inner: Joi.array().items(Joi.string().creditCard()) }),
    Joi.string().strip(),
    Joi.string().invalid('x'),
  ]
  for (const schema of unknown) t.throws(() => schemaOf(schema), { name: 'UnknownSchema' })
})
