import { describe, expect, test } from 'vitest'
import { columns } from '../../shared/catalogue/import-columns.ts'
import { previewItems } from '../../shared/catalogue/import-preview.ts'
import { halls } from '../../shared/profiles/halls.ts'
import { encodeGb18030 } from '../../server/catalogue/gb-encode.ts'
import { decodeCsv, readCsv } from '../../server/catalogue/read-csv.ts'

const frame = { file: '事项.csv', ...halls.nbu, today: '2026-11-20' }
const heads = columns.map(({ header }) => header)

describe('encodings', () => {
  const text = '事项编码,事项名称\r\n"XG-001","𠮷、㛃·“引号”；€—\n第二行"\r\n'
  test('[X24] UTF-8 with and without mark, UTF-16 both ways and GB 18030 read the same', () => {
    const utf16 = Buffer.from(text, 'utf16le')
    const files: [string, Uint8Array][] = [
      ['utf-8', Buffer.from(text)],
      ['utf-8', Buffer.from(`\uFEFF${text}`)],
      ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
      ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
      ['gb18030', encodeGb18030(text)],
    ]
    for (const [encoding, bytes] of files) expect(decodeCsv(bytes)).toEqual({ text, encoding })
    expect(decodeCsv(Buffer.from('事,a,b,c,d,e,f\n1,2,3', 'utf16le'))).toMatchObject({ encoding: 'utf-16le' })
  })

  test('every letter of the basic plane and beyond goes into GB 18030 and back', () => {
    const letters: string[] = []
    for (let point = 0x80; point < 0x30000; point += 1) {
      const isSurrogate = point >= 0xd800 && point < 0xe000
      if (!isSurrogate && point !== 0xfffd && point !== 0xfeff) letters.push(String.fromCodePoint(point))
    }
    const back = new TextDecoder('gb18030').decode(encodeGb18030(letters.join('\n'))).split('\n')
    const strange = letters.filter((letter, n) => back[n] !== letter)
    expect(strange.length).toBeLessThan(40)
    // A handful of private-use letters was moved by the standard's later edition; none is written in a hall.
    expect(strange.every((letter) => /[\p{Co}\u1e3f]|[\u2e80-\u9fff]/u.test(letter))).toBe(true)
    expect(encodeGb18030('学号')).toEqual(Uint8Array.from([0xd1, 0xa7, 0xba, 0xc5]))
  })

  test('[X24] semicolons and tabs, quotes over lines, doubled quotes and missing ends are read as written', () => {
    const cells = (csv: string) =>
      readCsv(Buffer.from(csv)).sheet.rows.map(({ row, cells: all }) => [
        row,
        ...all.map((cell) => (cell?.is === 'text' ? cell.text : null)),
      ])
    expect(cells('a;b;c\n1;"2;""x""\ny";3\n4;5;')).toEqual([
      [1, 'a', 'b', 'c'],
      [2, '1', '2;"x"\ny', '3'],
      [4, '4', '5', null],
    ])
    expect(cells('a\tb\r\n1,5\t2')).toEqual([
      [1, 'a', 'b'],
      [2, '1,5', '2'],
    ])
    expect(cells('a,b\r1,2\r\r3,')).toEqual([
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, null],
      [4, '3', null],
    ])
    expect(() => readCsv(Buffer.from('a,b\n1,"2'))).toThrow('引号应成对')
    expect(() => readCsv(Buffer.from('a,b\n"1"x,2'))).toThrow('引号后面应是分隔符')
    expect(() => readCsv(Buffer.from('abc,def\0ghi,jkl,mno'))).toThrow('文字文件')
  })

  test('[X24] a byte that cannot be decoded is an error of its row, no question mark is stored', () => {
    const csv = Buffer.concat([
      encodeGb18030(`${heads.join(',')}\r\n`),
      encodeGb18030('XG-001,学生证'),
      Buffer.from([0xff, 0xff]),
      encodeGb18030('补办\r\n'),
    ])
    const { sheet, encoding } = readCsv(csv)
    const preview = previewItems([sheet], frame)
    expect(encoding).toBe('gb18030')
    expect(preview.errors).toContainEqual({
      file: '事项.csv',
      sheet: '',
      row: 2,
      column: '事项名称',
      expected: '应是能读懂的文字',
      found: '有无法解码的字节',
    })
    expect(preview.items).toEqual([])
  })
})
