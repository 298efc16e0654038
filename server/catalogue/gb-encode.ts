let table: Map<string, Uint8Array> | null = null

const remember = (into: Map<string, Uint8Array>, codes: readonly (readonly number[])[]): void => {
  // Decoded together, a line feed after each: one call instead of sixty thousand.
  const bytes = Uint8Array.from(codes.flatMap((code) => [...code, 0x0a]))
  const letters = new TextDecoder('gb18030').decode(bytes).split('\n')
  codes.forEach((code, index) => {
    const letter = letters[index] ?? ''
    const isOne = [...letter].length === 1 && letter !== '\uFFFD'
    if (isOne && !into.has(letter)) into.set(letter, Uint8Array.from(code))
  })
}

/** Every two-byte code, then the four-byte ones of the basic plane: all a letter below U+10000 can be. */
const buildTable = (): Map<string, Uint8Array> => {
  const made = new Map<string, Uint8Array>()
  const two: number[][] = []
  for (let a = 0x81; a <= 0xfe; a += 1) for (let b = 0x40; b <= 0xfe; b += 1) if (b !== 0x7f) two.push([a, b])
  remember(made, two)
  const four: number[][] = []
  for (let n = 0; n < 39_420; n += 1) four.push(fourBytes(n))
  remember(made, four)
  return made
}

const fourBytes = (n: number): number[] => [
  0x81 + Math.floor(n / 12_600),
  0x30 + (Math.floor(n / 1260) % 10),
  0x81 + (Math.floor(n / 10) % 126),
  0x30 + (n % 10),
]

// GB 18030: the planes above the basic one follow in order from this number on.
const firstAbove = 189_000

const bytesOf = (letter: string): Iterable<number> => {
  const point = letter.codePointAt(0) ?? 0
  if (point < 0x80) return [point]
  if (point >= 0x10000) return fourBytes(firstAbove + point - 0x10000)
  table ??= buildTable()
  return table.get(letter) ?? [0x3f]
}

/** Text as GB 18030, which Excel on a Chinese Windows opens as its own; GBK is its two-byte part. */
export const encodeGb18030 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes: number[] = []
  for (const letter of text) bytes.push(...bytesOf(letter))
  return Uint8Array.from(bytes)
}
