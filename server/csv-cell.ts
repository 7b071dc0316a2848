/** A text that a spreadsheet would take for a formula gets an apostrophe first (requirement N-16). */
export function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** A text as a cell between semicolons. */
export function quotedCell(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A number as it is read here: with a decimal comma, without a thousands sign. */
export function numberCell(number: number): string {
  return String(number).replace('.', ',')
}
