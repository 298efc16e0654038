import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Calendar } from '../../shared/calendar/calendar.ts'
import { localDay } from '../../shared/calendar/day.ts'
import type { Profile } from '../../shared/profiles/profile.ts'
import { useLive } from './live.ts'
import { hallRules, type HallRules } from './rows.ts'

const tickMs = 2_000

/** The hall as a screen needs it: its rules in force, and its clock (the server's, as the tablet estimates it). */
export interface Hall {
  profile: ComputedRef<Profile | null>
  calendars: ComputedRef<readonly Calendar[]>
  /** UTC ms, moving every two seconds. */
  now: Readonly<ShallowRef<number>>
  today: ComputedRef<string>
  /** What limits are reckoned with; null while the hall's rules are not there. */
  terms: ComputedRef<{ profile: Profile; calendars: readonly Calendar[]; today: string } | null>
  windowOf(id: string | null | undefined): Profile['windows'][number] | undefined
}

/** The hall's rules and clock while the component lives. */
export function useHall(): Hall {
  const wall = shallowRef(Date.now())
  const off = shallowRef(0)
  const now = computed(() => wall.value + off.value)
  const today = computed(() => localDay(now.value))
  const read = async () => {
    const rules = await hallRules()
    off.value = rules.at - Date.now()
    return rules
  }
  // Another day may have other rules in force, with nothing in the store changed (NBU-3).
  const { data } = useLive<HallRules>(read, { profile: null, calendars: [], at: 0 }, today)
  const timer = setInterval(() => (wall.value = Date.now()), tickMs)
  onScopeDispose(() => {
    clearInterval(timer)
  })
  const profile = computed(() => data.value.profile)
  const calendars = computed(() => data.value.calendars)
  return {
    ...{ profile, calendars, now, today },
    terms: computed(() => {
      const [rules, days, on] = [profile.value, calendars.value, today.value]
      return rules && { profile: rules, calendars: days, today: on }
    }),
    windowOf: (id) => profile.value?.windows.find((window) => window.id === id),
  }
}
