import type { Contact, ContactState, LapseKind, Matter, Voice } from '../../shared/reception/contact.ts'
import type { LapseProposal } from '../../shared/reception/derive-lapses.ts'
import type { IconName } from '../ui/icons.ts'

/** A matter as its tile says it: name, what it leads to, icon. */
export interface MatterWords {
  name: string
  sub: string
  icon: IconName
}

/** The nine ways of a first contact, in the order of the tiles (REF-CQ3, ZJJ-28, SZIT-3, SZIT-9). */
export const matterWords: Readonly<Record<Matter, MatterWords>> = {
  own: { name: '本窗口的事', sub: '点一下就登记', icon: 'check-circle' },
  otherUnit: { name: '转首问', sub: '厅内其他窗口的事', icon: 'swap' },
  outside: { name: '指引', sub: '厅外的事，告知程序和地点', icon: 'pin' },
  nobodys: { name: '无主登记', sub: '没有明确承办部门', icon: 'alert' },
  enquiry: { name: '查明后告知', sub: '涉及多个部门，或材料不齐', icon: 'search' },
  voice: { name: '投诉意见', sub: '申诉、投诉、举报、意见、建议', icon: 'doc' },
  difficulty: { name: '困难协调', sub: '饮食、住宿、学习、生活', icon: 'people' },
  repair: { name: '报修', sub: '设施、网络、水电', icon: 'gear' },
  emergency: { name: '突发事件', sub: '点一下就登记，先看打给谁', icon: 'phone' },
}

/** 申诉, 投诉, 举报, 意见, 建议. */
export const voiceWords: Readonly<Record<Voice, string>> = {
  appeal: '申诉',
  complaint: '投诉',
  report: '举报',
  opinion: '意见',
  suggestion: '建议',
}

const stateWords: Readonly<Record<ContactState, string>> = {
  open: '办理中',
  handing: '移交中，等接手',
  reported: '已报校领导，等转交',
  passed: '已转部门，等结果',
  answered: '已答复',
  guided: '已指引',
  becameCase: '已转为办件',
  voided: '登记有误',
}

/** Where a first contact stands, in words; what was solved is told as solved (NBU-6: 解决, or 明确答复). */
export const stateWord = ({ state, answers }: Pick<Contact, 'state' | 'answers'>): string =>
  state === 'answered' && answers.at(-1)?.how === 'solved' ? '已解决' : stateWords[state]

/** What it is about: the sheet's name, else the kind of matter. */
export function contactTitle({ matter, voice, item }: Pick<Contact, 'matter' | 'voice' | 'item'>): string {
  const name = voice ? voiceWords[voice] : matter === 'otherUnit' ? '其他窗口的事' : matterWords[matter].name
  return item ? item.name : name
}

/** A personal word of the record; an erased one reads as 已删除. */
export function said(image: Pick<Contact, 'pii'>, key: string): string {
  const value = image.pii[key]
  return typeof value === 'string' ? value : value === null ? '（内容已删除）' : ''
}

/** The five kinds of REF-CQ6 in the document's words. */
export const lapseWords: Readonly<Record<LapseKind, string>> = {
  1: '未及时移交有关人员',
  2: '未及时联系，或未在时限内完成',
  3: '冷漠对待，应当告知没有明确告知',
  4: '推诿扯皮，不负责任',
  5: '态度恶劣，使用文明忌语',
}

/** What the log shows of a lapse. */
export const whyWords: Readonly<Record<LapseProposal['why'], string>> = {
  notHandedOn: '到时间还没有移交',
  handedOnLate: '移交晚了',
  notTaken: '到时间还没有人接手',
  takenLate: '接手晚了',
  notAnswered: '到期还没有答复',
  answeredLate: '答复晚了',
}

/** How somebody was told or reached. */
export const wayWords: Readonly<Record<string, string>> = {
  inPerson: '当面',
  phone: '电话',
  message: '短信或消息',
  written: '书面',
}
