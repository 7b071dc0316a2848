import Joi from 'joi'

/** What a passkey said, as the script put it into the form; undefined when it is no JSON. */
export const passkeyAnswer = Joi.string()
  .max(20_000)
  .allow('')
  .default('')
  .custom((sent: string) => read(sent))

function read(sent: string): unknown {
  try {
    return JSON.parse(sent)
  } catch {
    return undefined
  }
}
