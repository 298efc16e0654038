import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A printed document as a reader finds it: its pages' text as `plain` gives it, and their size in millimetres. */
export interface Printed {
  pages: string[]
  text: string
  sizes: { width: number; height: number }[]
}

const mm = (points: number): number => Math.round((points * 25.4) / 72)

/** Reads a PDF that Chromium printed. */
export async function readPdf(bytes: Uint8Array): Promise<Printed> {
  const loading = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  const document = await loading.promise
  const pages: string[] = []
  const sizes: Printed['sizes'] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(plain(items.map((item) => ('str' in item ? item.str : '')).join('')))
    const { width, height } = page.getViewport({ scale: 1 })
    sizes.push({ width: mm(width), height: mm(height) })
  }
  await loading.destroy()
  return { pages, text: pages.join(''), sizes }
}

/** The text of a PDF: `expect(await pdfText(bytes)).toContain(plain('承诺办结 11月27日（周五）'))`. */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  return (await readPdf(bytes)).text
}

// A font that draws a character and the radical of the same shape by one glyph gives its PDF the radical's code.
const radicals = '⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳'
const characters = '母民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟'

/** Words as they are compared: without blanks, whose place is the typesetter's; widths, dashes and radicals folded. */
export function plain(words: string): string {
  const folded = words.replaceAll(/\s+/g, '').normalize('NFKC').replaceAll(/[‐-―]/g, '-')
  return folded.replaceAll(/[⺀-⻳]/g, (sign) => characters[radicals.indexOf(sign)] ?? sign)
}
