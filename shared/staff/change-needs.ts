import { settingOf } from '../profiles/later.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Settings } from '../profiles/settings.ts'

/** What a change of staff has to go through: the hall's consent (SSC 十二) or only its files (SZIT 四.3(2) 备案). */
export function changeNeeds(profile: Profile | null): Settings['staffChangeNeeds']['value'] {
  return settingOf(profile, 'staffChangeNeeds')
}

/** What becomes of somebody who cannot do the work (SSC 十二 更换, ZJJ 三十 重新选派, 宿 考核 四 退回派出部门). */
export function unfitStaffOf(profile: Profile | null): Settings['unfitStaff']['value'] {
  return settingOf(profile, 'unfitStaff')
}
