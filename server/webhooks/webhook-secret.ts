import { SecretError, type SecretBox } from '../certificates/secret-box.ts'
import { type Webhook } from './webhook.ts'

/** Where the secret of a webhook is sealed. */
export const placeOfSecret = (id: string) => `webhook/${id}`

type Sealed = Pick<Webhook, 'id' | 'sealedSecret' | 'former'>

/** Undefined when it does not open: the key that sealed it is lost. */
function opened(sealed: string, id: string, box: Pick<SecretBox, 'openSecret'>): string | undefined {
  try {
    return Buffer.from(box.openSecret(sealed, placeOfSecret(id))).toString()
  } catch (error) {
    if (error instanceof SecretError) return undefined
    throw error
  }
}

/** Whether nothing can be signed for it until somebody renews its secret. */
export function hasLostSecret({ id, sealedSecret }: Sealed, box: Pick<SecretBox, 'openSecret'>): boolean {
  return opened(sealedSecret, id, box) === undefined
}

/** What signs at `now`, its own first; undefined when that is lost. A lost previous one is left out. */
export function signingSecrets(
  { id, sealedSecret, former }: Sealed,
  box: Pick<SecretBox, 'openSecret'>,
  now: Date,
): readonly string[] | undefined {
  const own = opened(sealedSecret, id, box)
  if (own === undefined) return undefined
  const before = former && now < former.until ? opened(former.sealedSecret, id, box) : undefined
  return before === undefined ? [own] : [own, before]
}
