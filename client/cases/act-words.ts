import { actTitle } from '../../shared/act-words.ts'
import { formatDayNear, localDay } from '../../shared/calendar/day.ts'
import { stepName, studentFields, type Case } from '../../shared/cases/index.ts'
import type { Act } from '../../shared/core/kernel.ts'
import type { Item } from '../../shared/profiles/item-sheet.ts'
import { sentenceOf } from '../../shared/sentences.ts'
import type { IconName } from '../ui/icons.ts'
import { toldWords } from './told-lines.ts'
import { courseIcons, courseSays } from './act-words-course.ts'

const icons: Readonly<Record<string, IconName>> = {
  ...courseIcons,
  'case.receive': 'person',
  'case.accept': 'calendar',
  'case.supplementNotice': 'print',
  'case.materialGiven': 'check',
  'case.conclude': 'check-circle',
  'case.refuse': 'refuse',
  'case.withdraw': 'back',
  'case.note': 'doc',
  'case.correct': 'person',
  'case.take': 'swap',
  'case.assign': 'swap',
  'case.link': 'scale',
  'case.twin': 'info',
  'case.remind': 'alert',
  'case.stepAgain': 'arrow',
  'case.stepDone': 'check',
  'case.stepReturn': 'back',
  'case.stepTake': 'swap',
  'case.undo': 'undo',
  'case.resolve': 'scale',
  'handover.open': 'list',
  'handover.confirm': 'swap',
}

/** The icon beside an act, on its case and in the list of what waits. */
export function actIcon(type: string): IconName {
  return icons[type] ?? 'info'
}

/** What happened in one line, and what belongs under it. */
export interface ActWords {
  what: string
  detail?: string | undefined
}

interface Told {
  image: Case
  act: Act
  item: Item | null
}
type Say = (told: Told) => ActWords

const list = (names: readonly string[]): string => names.join('、')
const nameOf = (item: Item | null, id: string): string => item?.materials.find((line) => line.id === id)?.name ?? id

/** Materials in the sheet's order (the store keeps an image's keys in its own), then any the sheet does not know. */
export function materialIds(image: Case, item: Item | null): string[] {
  const known = (item?.materials ?? []).map((line) => line.id).filter((id) => image.materials[id])
  return [...known, ...Object.keys(image.materials).filter((id) => !known.includes(id))]
}

/** Names of the materials an act marked with a state. */
function marked({ image, act, item }: Told, state: string): string[] {
  return materialIds(image, item)
    .filter((id) => image.materials[id]?.marks.some((mark) => mark.act === act.cmdId && mark.state === state))
    .map((id) => nameOf(item, id))
}

const say: Readonly<Record<string, Say>> = {
  ...courseSays,
  'case.receive': (told) => {
    const lacking = [...marked(told, 'missing'), ...marked(told, 'unfit').map((name) => `${name}（不符合）`)]
    const papers = lacking.length > 0 ? `还缺：${list(lacking)}` : '材料已齐'
    const { began } = told.image
    const from = began ? `；${began.by === 'online' ? '网上申报' : '预约'}号 ${began.number} 转窗口办理` : ''
    return { what: `收件：${told.image.itemName}`, detail: papers + from }
  },
  'case.accept': ({ image, act }) => {
    const { promise } = image
    if (promise?.by.act !== act.cmdId) return { what: '受理' }
    const beyond = promise.beyondReason ? `；超过一般时限的原由：${promise.beyondReason}` : ''
    return {
      what: `受理，承诺 ${formatDayNear(promise.on, localDay(act.at))}`,
      detail: `${String(promise.workingDays)} 个工作日；${promise.reason}${beyond}${promise.told ? `；已告知${toldWords(promise.told)}` : ''}`,
    }
  },
  'case.supplementNotice': ({ image, act }) => {
    const notice = image.notices.find((line) => line.by.act === act.cmdId)
    if (!notice) return { what: '一次性告知' }
    const ways = notice.missing.map(
      ({ name, state, how }) => `${name}（${state === 'unfit' ? '不符合' : '缺'}：${how}）`,
    )
    const lines = [...ways, ...notice.matters]
    const title = notice.nth === 1 ? '一次性告知' : `第 ${String(notice.nth)} 次告知`
    return { what: `${title}：${String(lines.length)} 项`, detail: lines.join('；') }
  },
  'case.materialGiven': (told) => {
    const parts = [
      ['收到', marked(told, 'present')],
      ['不符合', marked(told, 'unfit')],
      ['仍缺', marked(told, 'missing')],
      ['退还', marked(told, 'returned')],
    ] as const
    const said = parts.filter(([, names]) => names.length > 0).map(([word, names]) => `${word}：${list(names)}`)
    const got = parts[0][1].length
    return { what: got > 0 ? `补正，收到 ${String(got)} 项` : '核对材料', detail: said.join('；') }
  },
  'case.conclude': ({ image, act }) => {
    const end = image.conclusions.find((line) => line.by.act === act.cmdId)
    return { what: end ? `办结：${end.result}` : '办结', detail: end?.resultNote || undefined }
  },
  'case.refuse': ({ image, act }) => {
    const { refusal } = image
    return refusal?.by.act === act.cmdId
      ? { what: `${refusal.stage === 'door' ? '当面' : '研究后'}不予办理：${refusal.ground}`, detail: refusal.reason }
      : { what: '不予办理' }
  },
  'case.withdraw': ({ image, act }) => ({
    what: '学生撤回申请',
    detail: image.withdrawal?.by.act === act.cmdId ? image.withdrawal.reason : undefined,
  }),
  'case.note': ({ image, act }) => {
    const text = image.pii[`note:${act.cmdId}`]
    return { what: '备注', detail: typeof text === 'string' ? text : '（内容已删除）' }
  },
  'case.correct': ({ image, act }) => ({ what: '更正学生信息', detail: correctedFields(image, act.cmdId) }),
  'case.take': ({ act }) => ({ what: `${act.actorName}接手办理` }),
  'case.assign': ({ image, act }) => {
    const key = `note:${act.cmdId}`
    const text = image.pii[key]
    const to = image.notes.find((line) => line.key === key)?.to?.actorName ?? '同事'
    return { what: `转给${to}办理`, detail: typeof text === 'string' ? text : '（内容已删除）' }
  },
  'case.link': ({ image, act }) => {
    const settled = image.conflicts.find((line) => line.settled?.cmdId === act.cmdId)?.settled
    const joined = settled?.choice === 'join' && image.joinedTo
    return { what: joined ? `并入 ${joined.number}` : '核对过，不是重复收件', detail: settled?.reason }
  },
  'case.twin': ({ image, act }) => ({ what: '同一学生当天在同一事项上另有一件', detail: flagsOf(image, act.cmdId) }),
  'case.stepDone': ({ image, act }) => stepWords(image, act.cmdId, '办好一步'),
  'case.stepReturn': ({ image, act }) => stepWords(image, act.cmdId, '退回主办'),
  'case.stepAgain': ({ image, act }) => ({ what: '补好后再送协办', detail: noteOf(image, `note:${act.cmdId}`) }),
  'case.stepTake': ({ act }) => ({ what: `${act.actorName}接手协办的一步` }),
  'case.undo': () => ({ what: '撤销上一步' }),
  'case.remind': ({ image, act }) => {
    const reminder = image.reminders?.find((line) => line.by.act === act.cmdId)
    const text = reminder && image.pii[reminder.key]
    const to = reminder?.to?.actorName ?? '经办人'
    return {
      what: reminder?.way === 'supervise' ? '督办' : `催办${to}`,
      detail: typeof text === 'string' ? text : undefined,
    }
  },
  'case.resolve': ({ image, act }) => {
    const decidedBy = (line: Case['conflicts'][number]) => [...(line.revised ?? []), line.settled]
    const conflict = image.conflicts.find((line) => decidedBy(line).some((one) => one?.cmdId === act.cmdId))
    if (!conflict) return { what: '裁决' }
    const isLater = conflict.revised !== undefined && conflict.revised[0]?.cmdId !== act.cmdId
    const said = decidedBy(conflict).find((one) => one?.cmdId === act.cmdId)
    return { what: `${isLater ? '改裁决' : '裁决'}：${conflict.label}`, detail: said?.reason }
  },
}

/** A step as its result says it; one that was sent again since keeps its words only. */
function stepWords(image: Case, cmdId: string, usual: string): ActWords {
  const step = Object.values(image.steps ?? {}).find(({ result }) => result?.by.act === cmdId)
  const what = step?.result ? `${stepName(step)}：${step.result.result}` : usual
  return { what, detail: noteOf(image, `step:${cmdId}`) }
}

function noteOf(image: Case, key: string): string | undefined {
  const text = image.pii[key]
  return typeof text === 'string' ? text || undefined : '（内容已删除）'
}

function flagsOf(image: Case, cmdId: string): string {
  const flags = image.flags.filter((flag) => flag.act === cmdId)
  return flags.map((flag) => sentenceOf(flag.code, flag.facts)).join('')
}

function correctedFields(image: Case, cmdId: string): string | undefined {
  const fields = Object.entries(image.authors).filter(([, author]) => author.cmdId === cmdId)
  const labels = fields.map(([key]) => studentFields.get(key.replace('pii/', '')) ?? key)
  return labels.length > 0 ? list(labels) : undefined
}

/** What one act of a case did, in a sentence a colleague would write; only what the image still knows is told. */
export function actWords(image: Case, act: Act, item: Item | null): ActWords {
  return say[act.type]?.({ image, act, item }) ?? { what: actTitle(act.type) }
}
