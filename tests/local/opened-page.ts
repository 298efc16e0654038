// First: it gives Dexie, which looks for it once, an IndexedDB.
import { reopen } from './given-tablet.ts'
import { createPinia, setActivePinia } from 'pinia'
import { useSession } from '../../client/local/session.ts'

/** The PIN chosen on the tablet of `signedInTablet`. */
export const pin = '471913'
export const day = 86_400_000

/** The page opens: a new Pinia, the store as it lies on the disk. */
export async function openPage() {
  reopen()
  setActivePinia(createPinia())
  const session = useSession()
  await session.start()
  return session
}

/** A tablet enrolled at the given server, its first person signed in under `pin`. */
export async function signedInTablet() {
  const session = await openPage()
  await session.enrol({ code: 'K7MWQ2XP', name: '示例平板' })
  await session.signIn('a', 'secret')
  if ((await session.setPin(pin)) !== null) throw new Error('the PIN was not taken')
  return session
}
