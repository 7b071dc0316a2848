import { type Organisation, type OrganisationSettings } from '../organisations/organisation.ts'
import { DomainError } from '../domain-error.ts'
import { type SignedRecord } from './liability-form.ts'
import { type Letterhead, type Press, type ReturnRecord } from './press.ts'

type Whose = Pick<Organisation, 'settings'>

const mostKept = 20

interface ReceiptsDeps {
  readonly press: Press
  /** @throws {DomainError} not-found `logo-unknown` */
  readonly logos: { bytesOf(sha256: string): Promise<Buffer> }
}

/** Sets receipts as PDF/A-2b, in the look of whose they are; the same record in the same look gives the same bytes. */
export interface Receipts {
  signed(record: SignedRecord, organisation: Whose): Promise<Buffer>
  returned(record: ReturnRecord, organisation: Whose): Promise<Buffer>
}

export function createReceipts({ press, logos }: ReceiptsDeps): Receipts {
  /** There are as many as organisations. */
  const known = new Map<string, Buffer>()

  async function letterhead({ colour, logo }: OrganisationSettings): Promise<Letterhead | undefined> {
    // A logo may be taken away while somebody signs: the paper does without, the signature stands.
    const bytes = logo && (known.get(logo.sha256) ?? (await logos.bytesOf(logo.sha256).catch(unlessGone)))
    if (!logo || !bytes) return colour === '' ? undefined : { colour }
    if (known.size >= mostKept) known.clear()
    known.set(logo.sha256, bytes)
    return { colour, logo: { ...logo, bytes } }
  }

  return {
    signed: async (record, { settings }) =>
      press.set({ kind: 'signed', record, letterhead: await letterhead(settings) }),
    returned: async (record, { settings }) =>
      press.set({ kind: 'returned', record, letterhead: await letterhead(settings) }),
  }
}

function unlessGone(thrown: unknown): undefined {
  if (thrown instanceof DomainError && thrown.kind === 'not-found') return
  throw thrown
}
