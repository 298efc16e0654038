/** What this page still has to settle about its session at the server; true once the server has answered. */
type Debt = () => Promise<boolean>

let debt: Debt | null = null
/** The one being settled at this moment. */
let inHand: Debt | null = null

/** From now on this is what is owed; what was owed before no longer counts. Null: nothing is. */
export function owe(next: Debt | null): void {
  debt = next
}

/** What is owed now, to be put back when a sign-in that would settle it fails. */
export function owed(): Debt | null {
  return debt
}

/**
 * Try to settle it. Without an answer it stays owed until the network returns (P10): the session of who was here before
 * must not outlive a change of person just because that happened offline. Never twice at a time.
 */
export async function payOwed(): Promise<void> {
  const paying = debt
  if (!paying || paying === inHand) return
  inHand = paying
  const isPaid = await paying().catch(() => false)
  if (inHand === paying) inHand = null
  if (isPaid && debt === paying) debt = null
}
