import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { Case } from '../../shared/cases/index.ts'
import { isEnded } from '../../shared/cases/index.ts'
import { OpenCasesAnswer } from '../../shared/wire/staff.ts'
import { NetFault } from '../local/engine.ts'
import { followOnly } from '../local/follow.ts'
import { tabletEngine } from '../sync/tablet-engine.ts'
import { rowsOn, type RowOf } from '../local/rows.ts'
import { useLive } from '../local/live.ts'
import { sendNow } from '../sync/start-sync.ts'
import { fetchJson } from '../sync/online.ts'
import { netSentence } from '../sync/problem-fault.ts'

type Listed = OpenCasesAnswer['rows'][number]

/** The open cases of a person at a window: as the server counts them, and those already here to be handed over. */
export interface OpenCases {
  listed: Readonly<ShallowRef<readonly Listed[] | null>>
  here: Readonly<ShallowRef<readonly RowOf<Case>[]>>
  fault: Readonly<ShallowRef<string | null>>
  refresh(): Promise<void>
}

const own = ['hall', 'supervisor']

/**
 * While a change of staff is looked at, the officer's browser follows the window too: its cases come here, and are given
 * on by the same act as at the window itself; afterwards they go again (sync.md 4.2).
 */
export function useOpenCases(of: { personId: string; windowId: string }): OpenCases {
  const listed = shallowRef<readonly Listed[] | null>(null)
  const fault = shallowRef<string | null>(null)
  const follow = (scopes: readonly string[]) => followOnly(tabletEngine, scopes)
  const { data: here } = useLive(async () => {
    const rows = await rowsOn<Case>('case')
    return rows.filter(({ image }) => isOpenOf(image, of))
  }, [])

  async function refresh(): Promise<void> {
    try {
      const query = new URLSearchParams(of).toString()
      listed.value = (await fetchJson(OpenCasesAnswer, `/api/v1/staff/open-cases?${query}`)).rows
      fault.value = null
    } catch (error) {
      if (!(error instanceof NetFault)) throw error
      fault.value = netSentence(error)
    }
  }

  void follow([...own, `window:${of.windowId}`]).then(sendNow)
  void refresh()
  onScopeDispose(() => void follow(own))
  return { listed, here, fault, refresh }
}

function isOpenOf({ windowId, handler, state }: Case, of: { personId: string; windowId: string }): boolean {
  return windowId === of.windowId && handler.actorId === of.personId && !isEnded(state)
}
