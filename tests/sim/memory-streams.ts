import type { OpenRequest } from '../../server/sync/open-request.ts'
import { sha256 } from './keys.ts'
import type { MemoryDb } from './memory-db.ts'

/** The key of a stream, or of a branch of it. */
export const streamKey = (streamId: string, branch = 0): string => (branch === 0 ? streamId : `${streamId}/${branch}`)

/** As the server's `open`: by a spare lane, without one (a browser's), or a branch at the command before it. */
export function openByPush(db: MemoryDb, request: OpenRequest): boolean {
  const { streamId, deviceId, branch, lane } = request
  if (db.streams.has(streamKey(streamId, branch))) return false
  if (branch > 0) return openBranch(db, request)
  if (lane !== null && !db.lanes.claim(lane, { deviceId, streamId })) return false
  db.openStream(streamId, { deviceId, lane })
  return true
}

function openBranch(db: MemoryDb, { streamId, deviceId, branch, fromSeq, prev }: OpenRequest): boolean {
  const stem = db.streams.get(streamId)
  const before = db.log.filter((row) => row.streamId === streamId && row.seq === fromSeq - 1 && row.branch < branch)
  const chosen = before.find((row) => row.hash === prev) ?? before.toSorted((a, b) => b.branch - a.branch)[0]
  const chain = fromSeq === 1 ? sha256(streamId) : chosen?.hash
  if (stem?.deviceId !== deviceId || chain === undefined) return false
  db.streams.set(streamKey(streamId, branch), { ...stem, lastSeq: fromSeq - 1, chain })
  return true
}
