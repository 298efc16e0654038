import { create } from 'qrcode'

/** A QR code as one SVG path, one unit a module, with the quiet zone the standard asks for around it. */
export interface QrPath {
  /** Width and height in modules, quiet zone included. */
  size: number
  path: string
}

const quiet = 4

/** Draw a text as a QR code (error correction M). */
export function qrPath(text: string): QrPath {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const squares: string[] = []
  for (let row = 0; row < modules.size; row += 1) {
    for (let col = 0; col < modules.size; col += 1) {
      if (modules.get(row, col)) squares.push(`M${col + quiet} ${row + quiet}h1v1h-1z`)
    }
  }
  return { size: modules.size + 2 * quiet, path: squares.join('') }
}
