import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SystemAct } from '../../server/sync/index.ts'
import type { StoredGrant } from '../../server/sync/store-verbs.ts'
import type { SignedCommand } from '../../shared/core/envelope.ts'

/** What a tablet sent in one go, or what the server did by itself between two of them. */
export type RecordedPart = { from: number; commands: SignedCommand[] } | { system: SystemAct[] }

/**
 * Commands of every kind as a released build signed them, with all their server needs to know of the tablet. Made once
 * and never changed: a later server must still take them (I26, OFF-6).
 */
export interface RecordedCommands {
  madeAt: number
  hallId: string
  tablet: { deviceId: string; streamId: string; lane: string; windowId: string }
  grants: StoredGrant[]
  parts: RecordedPart[]
  /** Acts that were held or rejected on purpose, and the outcomes of the server's own acts. */
  others?: readonly string[]
  system?: readonly string[]
}

const folder = join(import.meta.dirname, 'fixtures')

/** Every recording there is, by the name of its file. */
export function recordings(): [string, RecordedCommands][] {
  const files = readdirSync(folder).filter((name) => /^commands-[\w-]+\.json$/.test(name))
  return files
    .toSorted()
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), 'utf8')) as RecordedCommands])
}

/** The commands of a recording as `type@v`. */
export function shippedIn({ parts }: RecordedCommands): string[] {
  const named = parts.flatMap((part) =>
    'system' in part ? part.system : part.commands.map(({ env }) => JSON.parse(env) as { type: string; v: number }),
  )
  return [...new Set(named.map(({ type, v }) => `${type}@${String(v)}`))].toSorted()
}
