import { z } from 'zod'
import { momentOf } from '../calendar/day.ts'
import { aggregate, command } from '../core/command.ts'
import { applied, create, rejected } from '../core/outcome.ts'
import { refusal } from '../core/refusal.ts'
import { Profile } from '../profiles/profile.ts'

/** The profile's id must say the hall and version it stands under. */
export const profileMisnamed = refusal('profile.misnamed', {
  cite: 'NBU-3',
  say: () => '规章配置的编号与本厅、版本不一致，没有采用。',
})

/** 采用规章配置: one version, effective from its date; cases keep the version they were received under. */
export const adoptProfile = command({
  type: 'profile.adopt',
  v: 1,
  nature: 'claim',
  on: 'profile',
  by: ['supervisor', 'admin', 'system'],
  creates: true,
  args: z.strictObject({ profile: Profile }),
  decide(_none: null, { profile }, ctx) {
    if (profile.id !== ctx.aggId || profile.hallId !== ctx.hallId) return rejected({ code: profileMisnamed.code })
    return applied([create(profile)])
  },
})

/** 规章配置 in the register. */
export const profileAggregate = aggregate<Profile>({
  kind: 'profile',
  scopes: () => ['hall'],
  shelf: () => 'profile',
  at: (image) => momentOf(image.effectiveOn, '00:00'),
  keys: () => [],
})
