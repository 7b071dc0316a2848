import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { create, type Font, type GlyphRun } from 'fontkit'

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
  return rememberWords(font)
}

/** As many words as some papers have; each takes about a kilobyte. */
const wordLimit = 2000

/** Most words of a paper were in the previous one too; laying them out again would be half the work. */
function rememberWords(font: Font): Font {
  const layout = font.layout.bind(font)
  const known = new Map<string, GlyphRun>()
  font.layout = (text, ...how) => {
    if (how.some(each => each !== undefined)) return layout(text, ...how)
    const run = known.get(text) ?? layout(text)
    if (known.size >= wordLimit) known.clear()
    known.set(text, run)
    // Whoever sets it scales the positions that they got.
    return Object.assign(Object.create(run) as GlyphRun, {
      positions: run.positions.map(position => ({ ...position })),
    })
  }
  return font
}
