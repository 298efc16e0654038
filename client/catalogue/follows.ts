import { shallowRef } from 'vue'

/** An item somebody follows in this browser, and the version last looked at. */
export interface Follow {
  readonly code: string
  readonly id: string
}

const keyOf = (owner: string): string => `changkai.follows.${owner}`

function isFollow(value: unknown): value is Follow {
  const { code, id } = (value ?? {}) as Record<string, unknown>
  return typeof code === 'string' && typeof id === 'string'
}

/**
 * What is followed here, under whose list: a hall's in a student's browser, a person's on a tablet. Kept here only,
 * nobody signs in and nothing is sent (NBU-5).
 */
function readFollows(owner: string): Follow[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isFollow) : []
  } catch {
    return []
  }
}

const mostFollows = 200

/** Follow the items of one list: live for the page that shows them. `isKept` is false where the browser keeps nothing. */
export function useFollows(owner: string) {
  const follows = shallowRef(readFollows(owner))
  const isKept = shallowRef(true)

  function keep(next: Follow[]): void {
    follows.value = next.slice(-mostFollows)
    try {
      localStorage.setItem(keyOf(owner), JSON.stringify(follows.value))
      isKept.value = true
    } catch {
      isKept.value = false
    }
  }

  const others = (code: string) => follows.value.filter((one) => one.code !== code)
  return {
    follows,
    isKept,
    /** Follow an item, or note that this version of it has been seen. */
    follow: (one: Follow) => {
      keep([...others(one.code), { code: one.code, id: one.id }])
    },
    unfollow: (code: string) => {
      keep(others(code))
    },
  }
}
