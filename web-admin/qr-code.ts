/** `text` as a QR code that cameras read from a screen, in SVG. The drawing is loaded with the first one. */
export async function qrCode(text: string): Promise<string> {
  const { default: QRCode } = await import('qrcode')
  return QRCode.toString(text, { type: 'svg', margin: 4, errorCorrectionLevel: 'M' })
}
