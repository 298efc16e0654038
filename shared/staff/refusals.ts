import type { Json } from '../core/canonical.ts'
import { refusal, type RefusalKind } from '../core/refusal.ts'

/** A refusal with its facts, as `rejected` takes it; `cite` where the hall's own setting says it. */
export interface Refused {
  code: string
  facts: Record<string, Json>
}

/** Name what is refused and why. */
export function refused(kind: RefusalKind, facts: Record<string, Json> = {}, cite: string | null = null): Refused {
  return { code: kind.code, facts: cite === null ? facts : { ...facts, cite } }
}

const kinds: Record<string, string> = {
  unitStaff: 'A 角由责任单位的工作人员担任。',
  windowHead: 'A 角由窗口负责人担任，请勾选“窗口负责人”。',
  studentAssistant: 'A 角由学生助理担任。',
}

const list = (value: Json | undefined): string => (Array.isArray(value) ? value.map(String).join('；') : '')

/** Why somebody may not be put on a post, or their record changed, each with its article. */
export const personChanged = refusal('person.changed', {
  cite: 'OFF-4',
  say: () => '这份档案刚由别人改过，请看过新的内容再改。',
})
export const personLeft = refusal('person.left', { cite: 'SSC-12', say: () => '这个人已登记离开本厅。' })
export const samePost = refusal('post.same', {
  cite: 'SSC-9',
  say: () => '这个人在这些日子里已经有同一个岗位。',
})
export const wrongKind = refusal('post.kind', { cite: 'SSC-9', say: (facts) => kinds[String(facts.is)] ?? '' })
export const windowFull = refusal('post.windowFull', {
  cite: 'SSC-9',
  say: (facts) => `每个窗口只设 ${String(facts.most)} 名工作人员（A 角），这些日子已经有人。`,
})
export const studentsFull = refusal('post.studentsFull', {
  cite: 'ZJJ-5',
  say: (facts) => `每个窗口设 ${String(facts.most)} 名学生工作人员，已经够了。`,
})
export const tooManyB = refusal('post.tooManyB', {
  cite: 'SSC-10',
  say: (facts) =>
    `每名 A${String(facts.word ?? '角')}配 ${String(facts.most)} 名 B${String(facts.word ?? '角')}，已经配齐。`,
})
export const noBackOffice = refusal('post.noBackOffice', {
  cite: 'SSC-9',
  say: () => '按本厅规章，窗口没有后台工作人员。',
})
export const backOfficeFull = refusal('post.backOfficeFull', {
  cite: 'SSC-9',
  say: (facts) => `后台工作人员最多 ${String(facts.most)} 名，已经有人。`,
})
export const consentMissing = refusal('post.consentMissing', {
  cite: 'SSC-9',
  say: () => '后台工作人员须先经中心同意：请写明谁同意、哪一天。',
})
export const headTaken = refusal('post.headTaken', {
  cite: 'SSC-9',
  say: (facts) => `${facts.per === 'unit' ? '这个单位' : '这个窗口'}已有负责人，只能有 1 名。`,
})
export const headRank = refusal('post.headRank', {
  cite: 'SSC-9',
  say: () => '分管领导和窗口负责人须是中层干部，档案里没有这样登记。',
})
export const untrained = refusal('post.untrained', {
  cite: 'SSC-13',
  say: (facts) => `还没有上岗培训记录，不能安排：须先由${String(facts.by)}培训“${String(facts.window)}”的业务并登记。`,
})
export const conditionsUnmet = refusal('post.conditions', {
  cite: 'SSC-11',
  say: (facts) => `档案里还没有确认符合选派条件：${list(facts.texts)}。`,
})
export const endMissing = refusal('post.endMissing', {
  cite: 'NBU-17',
  say: (facts) =>
    facts.tenure === 'term' ? '共管的窗口按学期轮流，请写结束日期。' : '按聘期服务，请写聘期的结束日期。',
})
export const endsBefore = refusal('post.endsBefore', { cite: 'NBU-17', say: () => '结束日期不能早于开始日期。' })
export const inClass = refusal('post.inClass', {
  cite: 'ZJJ-6',
  say: (facts) => `和本人的课余时间冲突：${list(facts.clashes)}。`,
})
export const tooEarly = refusal('post.tooEarly', {
  cite: 'SSC-12',
  say: (facts) => `在窗口工作原则上不少于 ${String(facts.months)} 个月，提前结束请写明原因。`,
})

const changes: RefusalKind[] = [
  refusal('staffChange.state', { cite: 'SSC-12', say: () => '这次更换已经走到别的一步，请看过再办。' }),
  refusal('staffChange.noConsent', {
    cite: 'SSC-12',
    say: (facts) =>
      facts.needs === 'filing' ? '还没有向大厅备案，不能生效。' : '还没有大厅（中心）的同意，不能生效。',
  }),
  refusal('staffChange.filingOnly', {
    cite: 'SZIT-5',
    say: () => '按本厅规章，换人只须备案，大厅不作同意或不同意的答复。',
  }),
  refusal('staffChange.noSuccessor', { cite: 'SSC-12', say: () => '还没有写明由谁接替、从哪天起，不能生效。' }),
  refusal('staffChange.openCases', {
    cite: 'SSC-12',
    say: (facts) => `还有 ${String(facts.count)} 件没交给接替的人，办件全部交接后才能生效。`,
  }),
  refusal('staffChange.samePerson', { cite: 'ZJJ-30', say: () => '接替的人不能是同一个人。' }),
]

const others: RefusalKind[] = [
  refusal('assistant.state', { cite: 'SZIT-8', say: () => '这份申请已经有了结果，请看过再办。' }),
  refusal('assistant.untrained', { cite: 'SZIT-8', say: () => '还没有单位的上岗培训记录。' }),
  refusal('office.unknown', { cite: 'REF-CH', say: () => '本厅的规章没有这个职务或部门。' }),
  refusal('office.full', { cite: 'REF-CH', say: (facts) => `这个职务只设 ${String(facts.most)} 名，已经有人。` }),
  refusal('office.approval', { cite: 'REF-CH', say: (facts) => `须先报${String(facts.by)}批准，请写批准的日期。` }),
  refusal('office.renewed', { cite: 'REF-CH', say: () => '已经连任过这一届，下一届开始后才能再续。' }),
  refusal('office.ended', { cite: 'REF-CH', say: () => '这次任职已经结束。' }),
  refusal('meeting.changed', { cite: 'ZJJ-10', say: () => '会议记录刚由别人改过，请看过新的内容再改。' }),
  refusal('meeting.noTask', { cite: 'ZJJ-10', say: () => '会议里没有这项任务，或已经办完。' }),
  refusal('meeting.notOver', { cite: 'ZJJ-10', say: () => '还有任务没有办完，不能归档。' }),
]

/** Sentences of refusals of this room, by code. */
export const staffSentences: RefusalKind[] = [
  ...[personChanged, personLeft, samePost, wrongKind, windowFull, studentsFull, tooManyB, noBackOffice],
  backOfficeFull,
  ...[consentMissing, headTaken, headRank, untrained, conditionsUnmet, endMissing, endsBefore, inClass, tooEarly],
  ...changes,
  ...others,
]
