import PDFDocument from 'pdfkit'
import { type Language } from '../organisations/organisation.ts'
import { type PdfFonts } from '../pdf-fonts.ts'
import { signaturePath, type DrawnSignature } from './signature.ts'

interface PaperOptions {
  readonly title: string
  readonly author: string
  readonly language: Language
  /** Stands in the file as the time it was made; the same content at the same time gives the same bytes. */
  readonly at: Date
  /** Stands at the foot of every page, before `1 / 3`. */
  readonly foot: string
  readonly fonts: PdfFonts
  readonly look?: PaperLook | undefined
}

/** What a paper takes from whose it is; it says nothing, and is not read out. */
export interface PaperLook {
  /** `#rrggbb`, dark enough for white text on it; empty for none. */
  readonly colour: string
  /** An opaque PNG, see `paper-picture.ts`. */
  readonly logo?: { readonly png: Buffer; readonly width: number; readonly height: number } | undefined
}

type Cells = readonly string[]

/** What a head cell is the head of; undefined for a cell that is none. */
type Scope = 'Column' | 'Row' | undefined
type Element = PDFKit.PDFStructureElement

const margin = 56
/** Room for a logo, in points. */
const most = { width: 180, height: 44 }
const size = { body: 9.5, small: 8, heading: 12, title: 18 }

/**
 * A sheet that is written from top to bottom and kept: PDF/A-2b, tagged for screen readers, with its fonts in it.
 * Each part is read out in the order in which it was written.
 */
export function createPaper(options: PaperOptions) {
  const { title, author, language, at, fonts, look } = options
  const ink = look === undefined || look.colour === '' ? '#111111' : look.colour
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    subset: 'PDF/A-2b' as never,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    // The standard fonts are not in the file, so none of them may be chosen, not even at the start.
    font: null as never,
    info: { Title: title, Author: author, Creator: 'Örnkoll', Producer: 'Örnkoll', CreationDate: at },
  })
  const bytes = collect(doc)
  // Types know files and bytes only; a parsed font is taken as it is.
  doc.registerFont('regular', fonts.regular as never)
  doc.registerFont('bold', fonts.bold as never)
  const root = doc.struct('Document')
  doc.addStructure(root)
  const width = doc.page.width - 2 * margin
  const left = margin

  const part = (tag: string, draw: () => void) => root.add(doc.struct(tag, {}, draw))
  const room = (height: number) => {
    if (doc.y + height > doc.page.height - margin - 20) doc.addPage()
  }
  const text = (words: string, face: 'regular' | 'bold', points: number, colour = '#111111') =>
    doc.font(face).fontSize(points).fillColor(colour).text(words, left, doc.y, { width, lineGap: 2 })

  /** Logo and colour above the first words. */
  function letterhead({ colour, logo }: PaperLook): void {
    doc.markContent('Artifact', { type: 'Layout' })
    if (logo) {
      const share = Math.min(1, most.width / logo.width, most.height / logo.height)
      doc.image(logo.png, left, doc.y, { width: logo.width * share, height: logo.height * share })
      doc.x = left
      doc.y = margin + logo.height * share + 10
    }
    if (colour) {
      doc.rect(left, doc.y, width, 2.5).fillColor(colour).fill()
      doc.y += 14
    }
    doc.endMarkedContent()
  }

  /** One row from the top of `doc.y` to its bottom; the column of a head cell follows from `scopes`. */
  function row(table: Element, cells: Cells, widths: readonly number[], scopes: readonly Scope[]): void {
    const faces = scopes.map(scope => (scope === 'Column' ? 'bold' : 'regular'))
    const heights = cells.map((cell, index) =>
      doc
        .font(faces[index] ?? 'regular')
        .fontSize(size.body)
        .heightOfString(cell || ' ', { width: (widths[index] ?? 0) - 8 }),
    )
    const height = Math.max(...heights) + 8
    room(height)
    const top = doc.y
    const element = doc.struct('TR')
    table.add(element)
    let x = left
    for (const [index, cell] of cells.entries()) {
      const at = x
      const cellWidth = widths[index] ?? 0
      const scope = scopes[index]
      const draw = () => {
        doc
          .font(faces[index] ?? 'regular')
          .fontSize(size.body)
          .fillColor('#111111')
        doc.text(cell || ' ', at, top + 4, { width: cellWidth - 8 })
      }
      element.add(scope ? doc.struct('TH', { scope } as never, draw) : doc.struct('TD', {}, draw))
      x += cellWidth
    }
    element.end()
    doc.x = left
    doc.y = top + height
    line()
  }

  const line = () => {
    doc.markContent('Artifact', { type: 'Layout' })
    doc
      .lineWidth(0.5)
      .strokeColor('#999999')
      .moveTo(left, doc.y)
      .lineTo(left + width, doc.y)
      .stroke()
    doc.endMarkedContent()
  }

  if (look) letterhead(look)

  return {
    title: (words: string) => {
      part('H1', () => text(words, 'bold', size.title, ink))
      doc.moveDown(0.4)
    },

    heading: (words: string) => {
      room(50)
      doc.moveDown(0.7)
      part('H2', () => text(words, 'bold', size.heading, ink))
      doc.moveDown(0.3)
    },

    paragraph: (words: string) => {
      part('P', () => text(words, 'regular', size.body))
      doc.moveDown(0.5)
    },

    small: (words: string) => {
      part('P', () => text(words, 'regular', size.small))
      doc.moveDown(0.3)
    },

    /** Points of a list, each with a dash. */
    list: (items: readonly string[]) => {
      const element = doc.struct('L')
      root.add(element)
      for (const item of items) {
        room(30)
        const top = doc.y
        const label = doc.struct('Lbl', {}, () => text('–', 'regular', size.body))
        const body = doc.struct('LBody', {}, () => {
          doc.text(item, left + 14, top, { width: width - 14, lineGap: 2 })
          doc.x = left
        })
        const li = doc.struct('LI')
        element.add(li)
        li.add(label)
        li.add(body)
        li.end()
        doc.moveDown(0.2)
      }
      element.end()
      doc.moveDown(0.3)
    },

    /** `parts` are shares of the width, one per column. Without a head row the first cell of each row is its head. */
    table: (head: Cells | undefined, rows: readonly Cells[], parts: readonly number[]) => {
      const whole = parts.reduce((sum, share) => sum + share, 0)
      const widths = parts.map(share => (share / whole) * width)
      const table = doc.struct('Table')
      root.add(table)
      if (head)
        row(
          table,
          head,
          widths,
          head.map(() => 'Column' as const),
        )
      for (const cells of rows) row(table, cells, widths, head ? [] : ['Row'])
      table.end()
      doc.moveDown(0.6)
    },

    /** The drawn strokes as lines, not as a picture: sharp at any size and small. `alt` is read out in their place. */
    drawn: (signature: DrawnSignature, alt: string) => {
      const box = { width: 240, height: 70 }
      room(box.height + 20)
      const top = doc.y
      const { path, height } = signaturePath(signature, box)
      const bbox = [left, top, left + box.width, top + box.height]
      const figure = doc.struct('Figure', { alt, bbox } as never, () => {
        doc.save().translate(left, top + (box.height - height))
        doc.path(path).lineWidth(1.2).lineCap('round').lineJoin('round').strokeColor('#111111').stroke()
        doc.restore()
      })
      root.add(figure)
      figure.end()
      doc.x = left
      doc.y = top + box.height + 4
      line()
      doc.moveDown(0.3)
    },

    typed: (name: string) => {
      room(40)
      part('P', () => text(name, 'regular', 16))
      line()
      doc.moveDown(0.3)
    },

    /** The whole file. Nothing can be written after it. */
    async end(): Promise<Buffer> {
      root.end()
      const { start, count } = doc.bufferedPageRange()
      for (let page = start; page < start + count; page++) {
        doc.switchToPage(page)
        doc.markContent('Artifact', { type: 'Pagination' })
        // Below the margin, where a text would begin a page of its own.
        doc.page.margins.bottom = 0
        doc.font('regular').fontSize(size.small).fillColor('#444444')
        const words = `${options.foot}  ·  ${page - start + 1} / ${count}`
        doc.text(words, left, doc.page.height - margin + 16, { width, lineBreak: false })
        doc.endMarkedContent()
      }
      doc.end()
      return bytes
    },
  }
}

export type Paper = ReturnType<typeof createPaper>

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
}
