import { Fault } from './fault.ts'

const maxDepth = 32
const maxKeys = 10_000
const reservedKeys = new Set(['__proto__', 'constructor', 'prototype'])

const malformed = (detail: string): Fault => new Fault('malformed', { detail })

interface Level {
  readonly keys: Set<string> | null
}

/** Walks the text of valid JSON once and refuses what `JSON.parse` lets pass (X2, X3, X5). */
class Scan {
  private readonly levels: Level[] = []
  private count = 0
  private atKey = false
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  run(): void {
    const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\],:]/g
    for (let match = token.exec(this.text); match; match = token.exec(this.text)) this.see(match[0])
  }

  private see(token: string): void {
    const first = token.charAt(0)
    if (first === '{' || first === '[') this.open(first)
    else if (first === '}' || first === ']') this.close()
    else if (first === ',') this.atKey = this.levels.at(-1)?.keys !== null
    else if (first === '"') this.seeString(token)
    else if (first !== ':') checkNumber(token)
  }

  private open(bracket: string): void {
    this.levels.push({ keys: bracket === '{' ? new Set() : null })
    this.atKey = bracket === '{'
    if (this.levels.length > maxDepth) throw malformed(`内容的层次超过 ${maxDepth} 层。`)
  }

  private close(): void {
    this.levels.pop()
    this.atKey = false
  }

  private seeString(token: string): void {
    const keys = this.levels.at(-1)?.keys
    if (!this.atKey || !keys) return
    const key = JSON.parse(token) as string
    if (keys.has(key)) throw malformed('同一处有重复的字段名。')
    if (reservedKeys.has(key)) throw new Fault('invalid', { detail: '含有不能使用的字段名。' })
    keys.add(key)
    this.count += 1
    if (this.count > maxKeys) throw malformed(`字段超过 ${maxKeys} 个。`)
    this.atKey = false
  }
}

const checkNumber = (token: string): void => {
  const value = Number(token)
  if (!Number.isFinite(value) || Object.is(value, -0)) throw malformed('含有不能表示的数字。')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw malformed('含有过大的整数。')
}

/** Parses JSON strictly: no duplicate or reserved keys, at most 32 levels and 10 000 keys, only numbers that stay exact. */
export const parseStrictJson = (text: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw malformed('送来的不是完整的 JSON。')
  }
  new Scan(text).run()
  return value
}

/** Bytes as text: UTF-8 only, no byte order mark. */
export const strictText = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw malformed('内容开头有多余的字节顺序标记。')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('内容不是 UTF-8 编码。')
  }
}

const tooLarge = (max: number): Fault =>
  new Fault('too-large', { detail: `送来的内容超过 ${Math.floor(max / 1024)} KB。` })

/** Reads a body of at most `max` bytes, counted as they come: a wrong or missing Content-Length changes nothing (X1, F45). */
export const readBytes = async (request: Request, max: number): Promise<Uint8Array> => {
  if (request.headers.has('content-encoding')) throw new Fault('media-type', { detail: '请不要压缩送来的内容。' })
  if (Number(request.headers.get('content-length') ?? 0) > max) throw tooLarge(max)
  if (!request.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size > max) {
      await reader.cancel().catch(() => undefined)
      throw tooLarge(max)
    }
    parts.push(next.value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** Reads a JSON body strictly; anything but `application/json` in UTF-8 is 415 or 400 (X2). */
export const readJson = async (request: Request, max: number): Promise<unknown> => {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new Fault('media-type', { detail: '请以 application/json（UTF-8）送来。' })
  }
  return parseStrictJson(strictText(await readBytes(request, max)))
}
