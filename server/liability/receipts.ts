// As a whole, so that nothing of it is loaded for its types alone.
import type { ReturnRecord } from './receipt.ts'
import { type SignedRecord } from './liability-form.ts'

/** Sets receipts as PDF/A-2b; the same record gives the same bytes. */
export interface Receipts {
  signed(record: SignedRecord): Promise<Buffer>
  returned(record: ReturnRecord): Promise<Buffer>
}

/**
 * Typesetter and fonts take a quarter of a second and some 25 MB, so they are loaded with the first receipt: a server
 * that only talks with iPads never needs them.
 */
export function createReceipts(): Receipts {
  let loading: ReturnType<typeof load> | undefined
  const press = () => (loading ??= load())
  return {
    signed: async record => {
      const { signedReceipt, fonts } = await press()
      return signedReceipt(record, fonts)
    },
    returned: async record => {
      const { returnReceipt, fonts } = await press()
      return returnReceipt(record, fonts)
    },
  }
}

async function load() {
  const [{ signedReceipt, returnReceipt }, { readPdfFonts }] = await Promise.all([
    import('./receipt.ts'),
    import('../pdf-fonts.ts'),
  ])
  return { signedReceipt, returnReceipt, fonts: await readPdfFonts() }
}
