import { readPdfFonts } from '../pdf-fonts.ts'
import { opaquePng } from './paper-picture.ts'
import { type PaperLook } from './paper.ts'
import { type Letterhead, type PaperOrder } from './press.ts'
import { returnReceipt, signedReceipt } from './receipt.ts'

const fonts = readPdfFonts()

/** Made ready once for each logo; there are as many as organisations. */
const ready = new Map<string, Buffer | undefined>()
const mostReady = 20

/** The bytes of the paper. What the thread of the press runs for each order. */
export async function set({ letterhead, ...order }: PaperOrder): Promise<Uint8Array> {
  const look = letterhead && lookOf(letterhead)
  if (order.kind === 'signed') return signedReceipt(order.record, await fonts, look)
  return returnReceipt(order.record, await fonts, look)
}

function lookOf({ colour, logo }: Letterhead): PaperLook {
  if (!logo) return { colour }
  const { sha256, width, height, bytes } = logo
  if (!ready.has(sha256)) {
    if (ready.size >= mostReady) ready.clear()
    ready.set(sha256, opaquePng(Buffer.from(bytes)))
  }
  const png = ready.get(sha256)
  return { colour, logo: png && { png, width, height } }
}
