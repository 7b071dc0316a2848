import Joi from 'joi'

/** What a passkey said, as the script put it into a form; undefined when there is none or it is no JSON. */
export function readPasskeyAnswer(sent: unknown): unknown {
  if (typeof sent !== 'string' || sent.length > 20_000) return undefined
  try {
    return JSON.parse(sent)
  } catch {
    return undefined
  }
}

/** The same, as a field of a form's schema. */
export const passkeyAnswer = Joi.any().custom(readPasskeyAnswer)
