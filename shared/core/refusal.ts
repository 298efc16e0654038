import type { Json } from './canonical.ts'

/** The rule says no: a code for machines, the article, and the sentence that tablet, paper and log all show. */
export interface RefusalKind {
  code: string
  cite: string
  say(facts: Record<string, Json>): string
}

/** Declare a refusal or a flag's sentence; `say` gets the facts the rule recorded. */
export function refusal(code: string, { cite, say }: { cite: string; say: RefusalKind['say'] }): RefusalKind {
  return { code, cite, say }
}

/** Refusals of the kernel itself, the same for every room. */
export const kernelRefusals: RefusalKind[] = [
  refusal('right.missing', { cite: 'OFF-5', say: (facts) => rightSentence(String(facts.why), facts.word) }),
  refusal('aggregate.missing', { cite: 'OFF-3', say: () => '这件事的前一步没有被接受，所以这一步也没有生效。' }),
  refusal('aggregate.exists', { cite: 'OFF-4', say: () => '别处已先做了同一件事，以先到的为准，这一次没有生效。' }),
  refusal('grant', { cite: 'OFF-5', say: (facts) => grantSentence(String(facts.why)) }),
  refusal('quarantine', { cite: 'SUP-2', say: () => '这条记录没有通过核验，已原样保存，请主管查看。' }),
  refusal('crash', { cite: 'SUP-2', say: () => '系统处理这条记录时出错，已原样保存，并通知了维护人员。' }),
  refusal('depends', { cite: 'OFF-3', say: () => '这一步所依据的前一步还没有生效，已原样保存，请主管处理。' }),
]

function grantSentence(why: string): string {
  if (why === 'closed') return '这是已停用的旧队列里的一步，请主管核对后处理。'
  return '当时的岗位授权已过期、已停用或不含这项权限，请主管核对后处理。'
}

function rightSentence(why: string, word: Json | undefined): string {
  if (why === 'roleB') return `按本厅约定，这一步只能由 A${typeof word === 'string' ? word : '角'}办理。`
  if (why === 'role') return '这一步不由您现在的岗位办理。'
  if (why === 'ended') return '办这一步时，您的岗位或账号已经停用。'
  if (why === 'unit') return '这件事没有您单位承办、复核或审批的部分，您不能改动。'
  if (why === 'turn') return '今天不轮到您单位在这个窗口值守，这一步请轮到的单位办。'
  if (why === 'window') return '这件事由别的窗口承办，本窗口不能改动。'
  return '您在本窗口的岗位没有这项权限。'
}
