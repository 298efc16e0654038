import { digestOf } from '../../shared/core/digest.ts'
import { holds } from './violation.ts'
import type { World } from './world.ts'

/** I7: the server's digests are those of its rows, what each tablet at rest keeps is that too, and none ever differed. */
export function digestsEqual(world: World): void {
  const { db } = world
  const standing = (scope: string) => [...db.scopes.values()].filter((one) => one.op === 'set' && one.scope === scope)
  for (const [scope, digest] of db.scopes.digests()) {
    const counted = digestOf(standing(scope))
    holds(
      'I7',
      counted.n === digest.n && counted.x === digest.x,
      () => `the digest of ${scope} is not that of its rows`,
    )
  }
  for (const { name, disk, hasRotted } of world.tablets.filter((one) => one.device.revokedAt === null)) {
    for (const { scope, digest, redone } of disk.rows('scope')) {
      const due = db.scopes.digestOf(scope)
      const rows = digestOf(disk.rows('view').filter((row) => row.scopes.includes(scope)))
      holds('I7', rows.n === due.n && rows.x === due.x, () => `${name} holds other rows of ${scope} than the server`)
      const told = () => `${name} keeps ${String(digest?.n)} rows of ${scope}, the server ${due.n}, or other ones`
      holds('I7', digest?.n === due.n && digest.x === due.x, told)
      holds('I7', redone === undefined || hasRotted || world.restores > 0, () => `${name} had to begin ${scope} again`)
    }
  }
}
