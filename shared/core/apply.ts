import type { Json } from './canonical.ts'
import type { Change } from './outcome.ts'

type Node = Record<string, Json> | Json[]

/** The image after the changes; the given image is never touched. Throws when a path does not exist. */
export function applyChanges(image: object | null, changes: readonly Change[]): Record<string, Json> | null {
  let root = image as Record<string, Json> | null
  for (const change of changes) root = applyOne(root, change)
  return root
}

function applyOne(root: Record<string, Json> | null, change: Change): Record<string, Json> {
  if (change.op === 'create') {
    if (root) throw new Error('the aggregate exists already')
    return change.value
  }
  if (!root) throw new Error(`no image to change at ${change.path}`)
  return replaceAt(root, change.path.split('.'), change) as Record<string, Json>
}

function replaceAt(node: Node, path: string[], change: Exclude<Change, { op: 'create' }>): Node {
  const [head, ...rest] = path
  if (head === undefined || head === '__proto__') throw new Error(`bad path ${change.path}`)
  const child = readKey(node, head)
  return writeKey(
    node,
    head,
    rest.length > 0 ? replaceAt(asNode(child, change.path), rest, change) : leaf(child, change),
  )
}

function leaf(child: Json | undefined, change: Exclude<Change, { op: 'create' }>): Json {
  if (change.op === 'set') return change.value
  if (!Array.isArray(child)) throw new Error(`${change.path} is not a list`)
  return [...(child as Json[]), change.value]
}

function asNode(child: Json | undefined, path: string): Node {
  if (child === null || typeof child !== 'object') throw new Error(`no place ${path} in the image`)
  return child as Node
}

function readKey(node: Node, key: string): Json | undefined {
  if (Array.isArray(node)) return key === 'length' ? node.length : node[Number(key)]
  return Object.hasOwn(node, key) ? node[key] : undefined
}

function writeKey(node: Node, key: string, value: Json): Node {
  if (!Array.isArray(node)) return { ...node, [key]: value }
  const index = Number(key)
  if (!Number.isInteger(index) || index < 0 || index >= node.length) throw new Error(`no line ${key} in the list`)
  return node.map((item, i) => (i === index ? value : item))
}

/** The value at a dotted path, or undefined when there is none; `length` of a list is how many it holds. */
export function readPath(image: unknown, path: string): Json | undefined {
  let node = image as Json | undefined
  for (const key of path.split('.')) {
    if (node === null || typeof node !== 'object') return undefined
    node = readKey(node as Node, key)
  }
  return node
}
