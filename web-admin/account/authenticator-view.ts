import { type AuthenticatorOffer } from '../../server/staff/second-factor.ts'
import { type Fields } from '../form.ts'
import { qrCode } from '../qr-code.ts'

export const codeFields = {
  code: {
    label: 'second-factor.code',
    hint: 'second-factor.code.hint',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
  },
} as const satisfies Fields

/** An offer as a page shows it: a code for the app's camera, a link for an app on the same screen, and the key to type. */
export async function authenticatorView({ uri, key, sealed }: AuthenticatorOffer) {
  return {
    svg: await qrCode(uri),
    uri,
    key: (key.match(/.{1,4}/g) ?? []).join(' '),
    sealed,
  }
}
