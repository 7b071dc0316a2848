import { buffer } from 'node:stream/consumers'

/** A guide of one page, as PDF. */
export async function guidePaper(title: string, lines: readonly string[]): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit')
  const paper = new PDFDocument({ size: 'A5', margin: 48, info: { Title: title } })
  const written = buffer(paper)
  paper.fontSize(20).text(title).moveDown()
  paper.fontSize(12).list([...lines], { paragraphGap: 8 })
  paper.end()
  return written
}
