import { type RandomBytes } from '../ids.ts'

/** Capitals and digits that nobody mistakes for each other, 32 of them: five bits each. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A tag of six characters that says nothing about the iPad; there are a hundred million of them. */
export function newAssetTag(randomBytes: RandomBytes): string {
  return [...randomBytes(6)].map(byte => alphabet[byte & 31]).join('')
}

/** A tag as it is stored: capitals, blanks at the ends gone and runs of them made one. */
export function normalTag(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toUpperCase()
}
