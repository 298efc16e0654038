import { z } from 'zod'
import { anyKind, command } from '../core/command.ts'
import { applied } from '../core/outcome.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'
import { releaseType } from '../core/release.ts'
import { filledText, uuid } from '../core/text.ts'

/**
 * 核对后放行 (sync.md 3.3): a supervisor lets a command that was held be decided anew, on what stands now. Only the
 * server holds that command, so on the tablet that asks nothing changes until the answer is here.
 */
export const releaseHeld = command({
  type: releaseType,
  v: 1,
  nature: 'claim',
  on: anyKind,
  by: ['supervisor', 'admin'],
  args: z.strictObject({ cmdId: uuid, reason: filledText(500) }),
  decide: () => applied([]),
})

/** Sentences of what can stand in the way of a release. */
export const auditSentences: RefusalKind[] = [
  refusal('held.unknown', { cite: 'SUP-2', say: () => '这条操作不能放行：它没有停在待主管处理，或没有通过核验。' }),
  refusal('held.released', { cite: 'SUP-2', say: () => '这条操作已经放行过，没有重复生效。' }),
  refusal('held.own', { cite: 'SUP-2', say: () => '自己办的操作要由另一位督查放行。' }),
  refusal('held.right', { cite: 'SUP-2', say: () => '办这一步的人没有这项权限，不能放行，请由有权限的人办理。' }),
  refusal('held.number', { cite: 'SUP-2', say: () => '这条操作的办件编号已被另一件使用，不能放行，请窗口重新办理。' }),
  refusal('held.still', { cite: 'SUP-2', say: (facts) => stillSentence(String(facts.code)) }),
]

function stillSentence(code: string): string {
  if (code === 'depends') return '这一步所依据的前一步还没有生效，请先放行前一步。'
  if (code === 'crash') return '系统处理这条操作时仍然出错，没有生效，请等维护人员处理后再放行。'
  return '这条操作现在仍不能生效。'
}
