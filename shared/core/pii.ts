import { readPath, applyChanges } from './apply.ts'
import type { Json } from './canonical.ts'
import type { PiiValues } from './envelope.ts'
import { set } from './outcome.ts'

/** A personal value's stand-in inside the envelope: its key in `pii` and SHA-256(salt ‖ value). */
export interface PiiRef {
  pii: string
  h: string
}

/** Where a value of a command is personal: `args.<path>`, or `seen.<image path>` for anything under the image's `pii`. */
export interface PersonalPlace {
  key: string
  value: string
}

interface Body {
  args: Record<string, Json>
  seen: Record<string, Json>
}

/** The personal values of a command's body, each with the key it gets in `pii`. */
export function personalPlaces(body: Body, personalArgs: readonly string[]): PersonalPlace[] {
  const inArgs = personalArgs.flatMap((path) => place(`args.${path}`, readPath(body.args, path)))
  const inSeen = Object.keys(body.seen)
    .filter((path) => path.startsWith('pii.'))
    .flatMap((path) => place(`seen.${path}`, body.seen[path]))
  return [...inArgs, ...inSeen]
}

function place(key: string, value: Json | undefined): PersonalPlace[] {
  return typeof value === 'string' ? [{ key, value }] : []
}

/** The body with each named value replaced by its reference; `hashes` is keyed as `personalPlaces` names them. */
export function hidePersonal(body: Body, hashes: ReadonlyMap<string, string>): Body {
  let args = body.args
  const seen = { ...body.seen }
  for (const [key, h] of hashes) {
    const ref: Json = { pii: key, h }
    if (key.startsWith('args.')) args = applyChanges(args, [set(key.slice(5), ref)]) ?? args
    else seen[key.slice(5)] = ref
  }
  return { args, seen }
}

/** The body with references put back to values. A value that was erased by lawful decision reads as null. */
export function showPersonal(body: Body, pii: PiiValues): Body {
  return { args: reveal(body.args, pii) as Body['args'], seen: reveal(body.seen, pii) as Body['seen'] }
}

function reveal(node: Json, pii: PiiValues): Json {
  if (node === null || typeof node !== 'object') return node
  if (Array.isArray(node)) return (node as Json[]).map((item) => reveal(item, pii))
  if (isPiiRef(node)) return Object.hasOwn(pii, node.pii) ? (pii[node.pii]?.value ?? null) : null
  return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, reveal(item, pii)]))
}

/** Every reference in a value, for checking each against its salt and value. */
export function piiRefs(node: unknown): PiiRef[] {
  if (node === null || typeof node !== 'object') return []
  if (isPiiRef(node)) return [node]
  return Object.values(node).flatMap(piiRefs)
}

/**
 * Whether exactly the values that are personal are hidden. Anything else behind a reference would escape whoever reads
 * the envelope itself (a case number its lane, T2); a personal value left in it could never be erased.
 */
export function isHiddenRight(body: Body, personalArgs: readonly string[]): boolean {
  const inSeen = Object.entries(body.seen).filter(([path]) => path.startsWith('pii.'))
  const mayHide = new Set<unknown>([
    ...personalArgs.map((path) => readPath(body.args, path)),
    ...inSeen.map(([, value]) => value),
  ])
  const hidden = [...piiRefs(body.args), ...piiRefs(body.seen)]
  return hidden.every((ref) => mayHide.has(ref)) && personalPlaces(body, personalArgs).length === 0
}

function isPiiRef(node: object): node is PiiRef {
  const keys = Object.keys(node)
  return keys.length === 2 && 'pii' in node && 'h' in node && typeof node.pii === 'string' && typeof node.h === 'string'
}
