import { inflateRawSync } from 'node:zlib'

/** A file that is not opened, with the reason for the person who chose it. */
export class BadFile extends Error {
  override readonly name = 'BadFile'
  readonly expected: string
  readonly found: string

  constructor(expected: string, found: string) {
    super(expected)
    this.expected = expected
    this.found = found
  }
}

const maxEntries = 1000
const maxOut = 200 * 1024 * 1024
const maxRatio = 100
// A small file may shrink a lot without harm: ratios count from here on.
const ratioFrom = 1024 * 1024

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: Buffer
  readonly claimed: number
}

const notXlsx = (): BadFile => new BadFile('应是完整的 .xlsx 文件', '不完整或不是表格文件')

const endOf = (zip: Buffer): number => {
  const from = Math.max(0, zip.length - 65_557)
  const at = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (at < from || at + 22 > zip.length) throw notXlsx()
  return at
}

const entryAt = (zip: Buffer, at: number): { entry: Entry; next: number } => {
  if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw notXlsx()
  const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)]
  if ((flags & 1) !== 0) throw new BadFile('应是没有加密的文件', '加密的文件')
  const [size, claimed] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)]
  const [nameLength, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
    number,
    number,
    number,
  ]
  const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
  const local = zip.readUInt32LE(at + 42)
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== 0x04034b50) throw notXlsx()
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  if (start + size > zip.length) throw notXlsx()
  const packed = zip.subarray(start, start + size)
  return { entry: { name, method, packed, claimed }, next: at + 46 + nameLength + extra + comment }
}

const entriesOf = (zip: Buffer): Entry[] => {
  const end = endOf(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count > maxEntries) throw new BadFile(`应是不超过 ${maxEntries} 个部件的文件`, '部件太多')
  const entries: Entry[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let n = 0; n < count; n += 1) {
    const { entry, next } = entryAt(zip, at)
    entries.push(entry)
    at = next
  }
  return entries
}

const tooBig = (): BadFile => new BadFile('解开后应不超过 200 MB', '压缩得异常小的文件（可能是压缩炸弹）')

// The size an entry claims is not believed: it is unpacked with a cap, and counted (X23).
const unpacked = (entry: Entry, left: number): Buffer => {
  if (entry.method === 0) return entry.packed
  if (entry.method !== 8) throw notXlsx()
  const cap = Math.max(1, Math.min(left, Math.max(ratioFrom, entry.packed.length * maxRatio)))
  let out: Buffer
  try {
    out = inflateRawSync(entry.packed, { maxOutputLength: cap })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') throw tooBig()
    throw notXlsx()
  }
  if (out.length !== entry.claimed) throw new BadFile('应是完整的 .xlsx 文件', '文件头写的大小与内容不符')
  return out
}

const refuseActive = (name: string, content: Buffer): void => {
  if (/vbaProject|macrosheets|\.bin$/i.test(name) && !/printerSettings/i.test(name))
    throw new BadFile('应是不含宏的 .xlsx 文件', '含有宏')
  if (
    /\.(xml|rels)$/i.test(name) &&
    /<!(DOCTYPE|ENTITY)/i.test(content.toString('latin1', 0, Math.min(content.length, 4096)))
  ) {
    throw new BadFile('应是普通的 .xlsx 文件', '含有外部实体声明')
  }
}

/**
 * Looks into an .xlsx before anything else opens it (X23): entries, true sizes, macros, entities. Gives the text of
 * its worksheets' XML by part name, for what a reader of values does not tell (formulas).
 */
export const inspectXlsx = (zip: Buffer): Map<string, string> => {
  if (zip.readUInt32BE(0) === 0xd0cf11e0) throw new BadFile('应是没有加密的 .xlsx 文件', '旧的 .xls 或加密的文件')
  const sheets = new Map<string, string>()
  let left = maxOut
  for (const entry of entriesOf(zip)) {
    const content = unpacked(entry, left)
    left -= content.length
    if (left < 0) throw tooBig()
    refuseActive(entry.name, content)
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) sheets.set(entry.name, content.toString('utf8'))
  }
  if (sheets.size === 0) throw notXlsx()
  return sheets
}
