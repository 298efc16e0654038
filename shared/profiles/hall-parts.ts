import type { Guidance, Unit, Window } from './profile-fields.ts'

/** What a window of a shipped hall is, in short. */
export interface WindowPart {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly units: readonly string[]
}

/** Units of a shipped hall; telephone numbers are invented, names too where the document names none (`isSample`). */
export function unitsOf(entries: readonly (readonly [id: string, name: string])[], isSample = false): Unit[] {
  return entries.map(([id, name], index) => ({
    ...{ id, name, sample: isSample },
    contact: `${name}，电话 ${String(8101 + index)}（示例）`,
  }))
}

/** Windows in their order; places are numbered by it. */
export function windowsOf(parts: readonly WindowPart[]): Window[] {
  return parts.map(({ id, code, name, units }, index) => ({
    ...{ id, code, name, unitIds: [...units], order: index + 1 },
    place: `服务大厅 ${String(index + 1)} 号位（示例）`,
  }))
}

/** What students ask for at every hall though no hall does it; places are invented, each hall edits its own (ZJJ-28a). */
export const sampleGuidance: Guidance[] = [
  {
    ...{ id: 'id-card', name: '居民身份证补领、换领', place: '户口所在地或就读地派出所户籍窗口（示例）', phone: '' },
    procedure: '本人到场，带户口簿或学校户籍证明、近照；当场采集指纹，约 20 个工作日领证（示例）',
  },
  {
    ...{ id: 'bank-card', name: '银行卡补办、解锁', place: '发卡银行任一网点（示例）', phone: '' },
    procedure: '本人带身份证到网点柜台办理；挂失可先打银行客服电话（示例）',
  },
  {
    ...{ id: 'medical', name: '大学生医保报销', place: '参保地医保经办窗口，或校医院公费医疗科（示例）', phone: '' },
    procedure: '带发票原件、费用清单、病历、医保卡；校外就医先问是否要转诊单（示例）',
  },
  {
    ...{ id: 'parcel', name: '快递查询、代领', place: '校内快递服务站（示例）', phone: '' },
    procedure: '凭取件码到站领取；丢失、破损由快递公司负责，先在站内登记（示例）',
  },
  {
    ...{ id: 'passport', name: '护照、港澳通行证', place: '就读地公安出入境接待大厅（示例）', phone: '12367' },
    procedure: '先在“移民局”平台预约，本人带身份证、照片回执到场（示例）',
  },
  {
    ...{ id: 'notary', name: '学历、成绩公证', place: '公证处（示例）', phone: '' },
    procedure: '先在教务窗口打印成绩单或在读证明并盖章，再带身份证到公证处（示例）',
  },
].map((entry) => ({ ...entry, sample: true }))

/** The day the shipped profiles and catalogues take effect; a hall sets its own in the app. */
export const SHIPPED_FROM = '2026-01-01'
