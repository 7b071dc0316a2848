import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { create, type Font } from 'fontkit'

/**
 * The faces that papers are set in. They are embedded, so a paper looks the same wherever it is read. Parsed once:
 * their tables are large, and a borrower waits for the receipt.
 */
export interface PdfFonts {
  readonly regular: Font
  readonly bold: Font
}

/** DejaVu Sans: Swedish and most other letters, free to embed. */
export async function readPdfFonts(): Promise<PdfFonts> {
  return { regular: await face('DejaVuSans'), bold: await face('DejaVuSans-Bold') }
}

async function face(name: string): Promise<Font> {
  const file = fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))
  const font = create(await readFile(file))
  if (!('layout' in font)) throw new Error(`${name} is a collection of fonts`)
  return font
}
