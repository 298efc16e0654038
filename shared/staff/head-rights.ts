import { isSupervising } from '../core/roles.ts'
import { staffSetting } from '../profiles/staff-settings.ts'
import type { Profile } from '../profiles/profile.ts'

/** A post as rights are read from it. */
export interface PostHeld {
  personId: string
  windowId: string | null
  role: string
  isHead?: boolean | undefined
  from: string
  to: string | null
}

/** Whether a post is held on a day: its first and its last day both count. */
export function isHeldOn({ from, to }: { from: string; to: string | null }, on: string): boolean {
  return from <= on && (to === null || on <= to)
}

const isOfHall = ({ role, windowId }: PostHeld): boolean => windowId === null && isSupervising(role)

interface Asked {
  personId: string
  windowId: string
  on: string
}

/**
 * Who keeps attendance and daily order of a window: its own head, and of no other window; the hall's officer of all
 * (ZJJ 十, 十一(二)).
 */
export function mayKeepOrder(posts: readonly PostHeld[], { personId, windowId, on }: Asked): boolean {
  const own = posts.filter((post) => post.personId === personId && isHeldOn(post, on))
  return own.some((post) => isOfHall(post) || (post.isHead === true && post.windowId === windowId))
}

/** Who appraises under 双重管理: the hall's officer, the unit's, or both, as the profile says (ZJJ 七, SSC 十四). */
export function mayAppraise(by: 'hall' | 'unit', profile: Profile): boolean {
  const { appraisal } = staffSetting(profile, 'management')
  return appraisal === 'both' || appraisal === by
}
