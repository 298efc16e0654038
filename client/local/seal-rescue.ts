import { maxRescueBytes, rescueBound, rescueChunk, type RescueFile, type RescueKey } from '../../shared/wire/rescue.ts'
import type { RescueLine } from '../../shared/wire/rescue.ts'
import { joinBytes, toBase64Url, utf8 } from './bytes.ts'

const tagBytes = 16

/** Acts as the text of a file, a line each, and how many of them fit into one. */
export function rescueText(lines: readonly RescueLine[]): { text: Uint8Array<ArrayBuffer>; acts: number } {
  const parts: Uint8Array[] = []
  let bytes = tagBytes
  for (const line of lines) {
    const part = utf8((parts.length > 0 ? '\n' : '') + JSON.stringify(line))
    bytes += part.length
    if (bytes > maxRescueBytes) break
    parts.push(part)
  }
  return { text: joinBytes(...parts), acts: parts.length }
}

/** What stands on the outside of a file. */
export type RescueOutside = Omit<RescueFile, 'format' | 'v' | 'keyId' | 'key' | 'iv' | 'data'>

/** Lock a text for the server under a fresh key (sync.md 2.5): whoever finds the file reads nothing of it. */
export async function sealRescue(
  { id, jwk }: RescueKey,
  outside: RescueOutside,
  text: Uint8Array<ArrayBuffer>,
): Promise<RescueFile> {
  const rsa = await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['wrapKey'])
  const aes = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])
  const wrapped = await crypto.subtle.wrapKey('raw', aes, rsa, { name: 'RSA-OAEP' })
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const head = { format: 'changkai-rescue' as const, v: 1 as const, keyId: id, ...outside }
  const additionalData = utf8(rescueBound(head))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, aes, text))
  const data: string[] = []
  for (let at = 0; at < sealed.length; at += rescueChunk) data.push(toBase64Url(sealed.subarray(at, at + rescueChunk)))
  return { ...head, key: toBase64Url(wrapped), iv: toBase64Url(iv), data }
}
