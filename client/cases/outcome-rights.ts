import type { Actor } from '../local/act-types.ts'

/** What the hall keeps from the post somebody is at, from the grant that signs their acts. */
export function mayNotOf({ signer, role, windowId }: Actor): readonly string[] {
  return signer.grant.roles.find((right) => right.role === role && right.windowId === windowId)?.mayNot ?? []
}
