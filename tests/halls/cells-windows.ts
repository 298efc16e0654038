import type { HallId } from '../../shared/profiles/halls.ts'
import type { Settings } from '../../shared/profiles/settings.ts'

/** A cell of the halls' table: value, and the row that says it (null: ours), of the halls that state it; else ours. */
export type Cells = [
  key: keyof Settings,
  stated: Partial<Record<HallId, [value: unknown, cite: string | null]>>,
  ours: unknown,
][]

/** Cells about windows, who works at them, and what else later settings hold. */
export const windowCells: Cells = [
  [
    'windowList',
    {
      nbu: ['七个窗口', 'NBU-1'],
      ssc: ['按单位申请设立、调整', 'SSC-8'],
      szit: ['六个窗口，另设咨询台', 'SZIT-1'],
      zjj: ['九项业务', 'ZJJ-4'],
    },
    '由本厅设定',
  ],
  ['isWindowShared', { nbu: [true, 'NBU-1'], szit: [true, 'SZIT-1'] }, true],
  [
    'windowsDecidedBy',
    { nbu: ['学生事务中心工作领导小组', 'NBU-3'], ssc: ['师生服务中心', 'SSC-8'], szit: ['领导小组', 'SZIT-二'] },
    '大厅负责人，记录在案',
  ],
  ['windowProposal', { nbu: ['提请', 'NBU-2'], ssc: ['书面申请', 'SSC-7'] }, '书面申请'],
  [
    'windowDecisionBasis',
    { nbu: [['needs'], 'NBU-2'], ssc: [['opinions', 'application', 'room'], 'SSC-8'] },
    ['application', 'opinions', 'room'],
  ],
  ['jointTurnBy', { nbu: ['term', 'NBU-17'], szit: ['schedule', 'SZIT-2'] }, 'term'],
  ['staffChangeNeeds', { ssc: ['consent', 'SSC-12'], szit: ['filing', 'SZIT-5'] }, 'consent'],
  [
    'unfitStaff',
    {
      nbu: ['replaced', 'NBU-13'],
      ssc: ['replaced', 'SSC-12'],
      szit: ['replaced', 'SZIT-四.3(4)'],
      zjj: ['rechosen', 'ZJJ-30'],
      szu: ['returned', 'REF-SU'],
    },
    null,
  ],
  ['unitBusinessDays', { szit: ['byUnit', 'SZIT-5'] }, 'everyWorkday'],
  ['isBNeededForLeave', { ssc: [true, 'SSC-23'] }, false],
  ['jointTimePercent', { ssc: [100, 'SSC-21b'] }, null],
  [
    'pay',
    {
      nbu: [{ word: '工作补贴', yuanAnHour: 0 }, 'NBU-14'],
      ssc: [{ word: '绩效奖励', yuanAnHour: 0 }, 'SSC-16'],
      szit: [{ word: '勤工助学报酬', yuanAnHour: 0 }, 'SZIT-6'],
    },
    { word: '工作补贴', yuanAnHour: 0 },
  ],
  ['refusalGrounds', { ssc: [['不符合国家法律法规政策', '不符合学校规章制度'], 'SSC-20.2'] }, []],
  ['nobodysMatterBy', { szit: ['desk', 'SZIT-3'], zjj: ['leader', 'ZJJ-28'], szu: ['guide', 'REF-CQ3.3'] }, 'leader'],
  [
    'awardTitles',
    {
      zjj: [{ person: '服务明星', window: '' }, 'ZJJ-29'],
      szu: [{ person: '优质服务标兵', window: '红旗窗口' }, 'REF-SU'],
    },
    { person: '服务明星', window: '红旗窗口' },
  ],
  ['conflictDays', {}, 1],
]
