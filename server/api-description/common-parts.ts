import { type JsonSchema } from './schema-form.ts'

/** How everything under `/api` behaves; docs/api.md says it at length. */
export const howItWorks = [
  'Everything belongs to the organisation of the API key or of the signed-in person; nothing of others can be reached.',
  'A refused request changes nothing and says why in `error`, field by field where a field is wrong.',
  'Lists answer with `items` and `next`; send `next` as `after` to get what follows. At the end it is null.',
  'Changes carry the `version` that was read: if somebody else was first, the answer is 409 `stale`.',
  'Times are ISO 8601 in UTC, days are `YYYY-MM-DD`, money is whole öre.',
].join('\n\n')

/** The one shape of every refusal. */
export const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      additionalProperties: false,
      properties: {
        code: { type: 'string', description: 'For programs; it does not change.' },
        message: { type: 'string', description: 'For people.' },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message'],
            additionalProperties: false,
            properties: {
              path: { type: 'string' },
              message: { type: 'string' },
              code: { type: 'string', description: 'What is wrong with the field, for programs.' },
              values: { type: 'object', description: 'What the message names, by the words for it.' },
            },
          },
        },
        requestId: { type: 'string', description: 'Finds the request in the log of the server.' },
      },
    },
  },
}

const refused = (description: string): JsonSchema => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

export const commonAnswers: Readonly<Record<string, JsonSchema>> = {
  Refused400: refused('A field is missing or of the wrong form; `fields` says which.'),
  Refused401: refused('No token or session, or one that has ended.'),
  Refused403: refused('The caller may not do this.'),
  Refused404: refused('There is no such thing in this organisation.'),
  Refused409: refused('The state of things does not allow it, or somebody else changed it first (`stale`).'),
  Refused413: refused('The body is too large.'),
  Refused415: refused('The body is of another content type than those named.'),
  Refused422: refused('It was understood and cannot be, for the reason that is given.'),
  Refused429: refused('Too many attempts; wait a while.'),
  Fault: refused('A fault on the side of the server. Look whether it was done before trying again.'),
}

export const commonParameters: Readonly<Record<string, JsonSchema>> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Repeated with the same key within a day, the request is not carried out twice but gets its first answer.',
    schema: { type: 'string', minLength: 8, maxLength: 200 },
  },
}
