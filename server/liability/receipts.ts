// As a whole, so that nothing of it is loaded for its types alone.
import type { ReturnRecord } from './receipt.ts'
import { type Organisation, type OrganisationSettings } from '../organisations/organisation.ts'
import { DomainError } from '../domain-error.ts'
import { type SignedRecord } from './liability-form.ts'
import type { PaperLook } from './paper.ts'
import { opaquePng } from './paper-picture.ts'

type Whose = Pick<Organisation, 'settings'>

const mostReady = 20

export interface ReceiptsDeps {
  /** @throws {DomainError} not-found `logo-unknown` */
  readonly logos: { bytesOf(sha256: string): Promise<Buffer> }
}

/** Sets receipts as PDF/A-2b, in the look of whose they are; the same record in the same look gives the same bytes. */
export interface Receipts {
  signed(record: SignedRecord, organisation: Whose): Promise<Buffer>
  returned(record: ReturnRecord, organisation: Whose): Promise<Buffer>
}

/**
 * Typesetter and fonts take a quarter of a second and some 25 MB, so they are loaded with the first receipt: a server
 * that only talks with iPads never needs them.
 */
export function createReceipts({ logos }: ReceiptsDeps): Receipts {
  let loading: ReturnType<typeof load> | undefined
  const press = () => (loading ??= load())
  /** Made ready once for each logo; there are as many as organisations. */
  const ready = new Map<string, Buffer | undefined>()

  async function look({ colour, logo }: OrganisationSettings): Promise<PaperLook | undefined> {
    if (!logo) return colour === '' ? undefined : { colour }
    const { sha256, width, height } = logo
    if (!ready.has(sha256)) {
      if (ready.size >= mostReady) ready.clear()
      // A logo may be taken away while somebody signs: the paper does without, the signature stands.
      const bytes = await logos.bytesOf(sha256).catch(unlessGone)
      if (!bytes) return colour === '' ? undefined : { colour }
      ready.set(sha256, opaquePng(bytes))
    }
    const png = ready.get(sha256)
    return { colour, logo: png && { png, width, height } }
  }

  return {
    signed: async (record, { settings }) => {
      const { signedReceipt, fonts } = await press()
      return signedReceipt(record, fonts, await look(settings))
    },
    returned: async (record, { settings }) => {
      const { returnReceipt, fonts } = await press()
      return returnReceipt(record, fonts, await look(settings))
    },
  }
}

function unlessGone(thrown: unknown): undefined {
  if (thrown instanceof DomainError && thrown.kind === 'not-found') return
  throw thrown
}

async function load() {
  const [{ signedReceipt, returnReceipt }, { readPdfFonts }] = await Promise.all([
    import('./receipt.ts'),
    import('../pdf-fonts.ts'),
  ])
  return { signedReceipt, returnReceipt, fonts: await readPdfFonts() }
}
