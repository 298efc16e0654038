import type { Calendar } from '../../shared/calendar/calendar.ts'
import type { Refs } from '../../shared/core/command.ts'
import type { ContextVersions } from '../../shared/core/envelope.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import type { Tx } from './store.ts'

/** The versioned data a command names, from the tablet's own copy. What is not here is null: the rule then says so. */
export async function readRefs(tx: Tx, versions: ContextVersions): Promise<Refs> {
  const image = async (id: string | null) => (id ? ((await tx.get('view', id))?.image ?? null) : null)
  const calendars: Calendar[] = []
  for (const id of versions.calendars) {
    const calendar = await image(id)
    if (calendar) calendars.push(calendar as unknown as Calendar)
  }
  return {
    profile: (await image(versions.profile)) as unknown as Profile | null,
    item: await image(versions.item),
    calendars,
  }
}
