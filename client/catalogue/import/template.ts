import { columns } from '../../../shared/catalogue/import-columns.ts'

const sample: Readonly<Record<string, string>> = {
  code: 'XX-901',
  name: '示例事项',
  aliases: '别名一、别名二',
  windowId: '写本厅窗口的名称',
  unitIds: '写责任单位的名称，联办的几个单位各占一行',
  kind: '即办件',
  basis: '写文件和条款',
  audience: '全日制在籍学生',
  conditions: '写申办条件',
  process: '第一步\n第二步',
  materials: '校园卡｜没带的，可出示电子校园卡\n申请表｜窗口可领',
  'promise.workingDays': '',
  'promise.level': '一般',
  grounds: '不是本校学生｜一事一表“申办条件”',
  place: '服务大厅 1 号位',
  results: '已当场办结',
  effectiveOn: '2026-12-01',
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The template: the headings, and one row that says what belongs where (it has to be replaced: its window is no window). */
export function templateCsv(): string {
  const rows = [columns.map(({ header }) => header), columns.map(({ field }) => sample[field] ?? '')]
  // The mark makes spreadsheet programs read it as UTF-8.
  return `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`
}
