import type { Profile } from '../../shared/profiles/profile.ts'
import { isDesk, nobodysBy } from '../../shared/reception/limits.ts'
import type { Viewer } from './contact-count.ts'

/** Who goes on with what is nobody's here, and whether this window is the desk. */
export function nobodysOf(profile: Profile, windowId: string | null): NonNullable<Viewer['nobodys']> {
  return { by: nobodysBy(profile), isDesk: isDesk(profile, windowId) }
}
