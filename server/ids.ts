import { randomBytes, randomUUID } from 'node:crypto'

/** A new id, unique in the whole installation. */
export type NewId = () => string

/** `length` unpredictable bytes. */
export type RandomBytes = (length: number) => Buffer

export const newUuid: NewId = () => randomUUID()

export const cryptoRandomBytes: RandomBytes = length => randomBytes(length)
