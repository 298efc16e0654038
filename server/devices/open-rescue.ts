import { createDecipheriv } from 'node:crypto'
import { RescueLine, rescueBound, type RescueFile } from '../../shared/wire/rescue.ts'
import type { Db } from '../db/pg.ts'
import { rescueKeyNamed } from '../db/rescue-queries.ts'
import { Fault } from '../http/fault.ts'
import { parseStrictJson, strictText } from '../http/read-json.ts'
import { openWrapped } from './rescue-key.ts'

const no = (detail: string) => new Fault('invalid', { detail })
const damaged = () => no('这个应急文件不完整或被改动过，打不开。请从平板重新导出，再载入。')
const tagBytes = 16

/** The acts of a rescue file, in its order. Throws `Fault` with a sentence for the supervisor; nothing was changed then. */
export async function openRescue(db: Db, file: RescueFile, at: { hallId: string; now: number }): Promise<RescueLine[]> {
  if (file.hallId !== at.hallId) throw no('这个应急文件是别的大厅的平板导出的，请交给那个大厅的督查载入。')
  const pair = await rescueKeyNamed(db, { hallId: at.hallId, id: file.keyId }, at.now)
  if (!pair) throw no('这台服务器没有能打开它的密钥：文件太旧，或是给另一台服务器的。请让平板联网，由它自己发送。')
  const key = openWrapped(pair.privateJwk, file.key)
  if (key?.length !== 32) throw damaged()
  const lines = readLines(opened(file, key))
  if (lines.length !== file.acts) throw damaged()
  return lines
}

function opened(file: RescueFile, key: Buffer): string {
  const sealed = Buffer.concat(file.data.map((part) => Buffer.from(part, 'base64url')))
  const text = sealed.subarray(0, Math.max(0, sealed.length - tagBytes))
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.iv, 'base64url'))
    cipher.setAAD(Buffer.from(rescueBound(file), 'utf8'))
    cipher.setAuthTag(sealed.subarray(text.length))
    return strictText(Buffer.concat([cipher.update(text), cipher.final()]))
  } catch {
    throw damaged()
  }
}

/** Whoever knows the public key can seal anything: what was inside is checked like any other input (X2–X5). */
function readLines(text: string): RescueLine[] {
  return text.split('\n').map((line) => {
    const read = RescueLine.safeParse(parseStrictJson(line))
    if (!read.success) throw damaged()
    return read.data
  })
}
