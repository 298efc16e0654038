import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { courseOf } from '../../client/cases/case-course.ts'
import CasePeople from '../../client/cases/CasePeople.vue'
import { paperBody } from '../../client/cases/papers/paper-bodies.ts'
import type { PaperKind } from '../../client/cases/papers/paper-facts.ts'
import TimelineList from '../../client/ui/TimelineList.vue'
import { halls, type HallId } from '../../shared/profiles/halls.ts'
import { personB, playCase, supervisor } from '../support/play.ts'
import { mount } from '../ui/mount.ts'

beforeEach(() => {
  setActivePinia(createPinia())
})

type Play = ReturnType<typeof playCase>

const promised = { workingDays: 5, on: '2026-11-27', level: 'ordinary', reason: '原由甲', beyondReason: null }
const missing = { materialId: 'photo', name: '材料乙', state: 'missing', how: '办法丙' }
const unfit = { materialId: 'id-card', name: '材料丁', state: 'unfit', how: '办法戊' }
const charge = { amount: 10, standard: '标准己', basis: '依据庚', payAt: '财务处辛' }

/** What has happened, what the case's own page and its paper then say, each field an article asks for. */
interface Demand {
  article: string
  hall?: HallId
  play: (play: Play) => void
  /** 经过 with 人和规则. */
  page: readonly string[]
  paper?: PaperKind
  printed?: readonly string[]
}

const ground = (play: Play) => ({ groundId: play.item.grounds[0]?.id ?? '', ground: play.item.grounds[0]?.text ?? '' })

const demands: readonly Demand[] = [
  {
    article: 'NBU-6 三.3(2) 首问责任人',
    play: () => undefined,
    page: ['首问责任人', '示例·甲', '经办人'],
  },
  {
    article: 'SUP-2, NBU-10 谁、什么岗、何时、哪台平板、是否离线',
    play: (play) => play.step('case.note', { text: '备注' }, { by: personB, at: '2026-11-20 11:05' }),
    page: ['示例·乙', 'B岗', '今天 11:05', '另一台平板 · 离线', '示例·甲', 'A岗', '今天 10:42'],
  },
  {
    article: 'NBU-7 三.3(4) 明确流程与办结时间',
    hall: 'nbu',
    play: (play) => play.step('case.accept', { ...promised, told: ['process', 'dueOn'] }),
    page: ['承诺 11月27日', '5 个工作日', '已告知流程、办结时间'],
    paper: 'receipt',
    printed: ['11月27日（周五）', '流程'],
  },
  {
    article: 'SSC-20.2 二十(二) 原由和承诺的时间，一次告知',
    hall: 'ssc',
    play: (play) => play.step('case.accept', promised),
    page: ['承诺 11月27日', '原由甲'],
    paper: 'receipt',
    printed: ['承诺办结', '11月27日（周五）', '原由甲'],
  },
  {
    article: 'SSC-20.1 二十(一) 需补办的材料和事项; ZJJ-25 二十五 全部材料及有效途径和方法，不符合规定的也在内',
    play: (play) => play.step('case.supplementNotice', { missing: [missing, unfit], matters: ['事项壬'] }),
    page: ['一次性告知：3 项', '材料乙（缺：办法丙）', '材料丁（不符合：办法戊）', '事项壬'],
    paper: 'notice',
    printed: ['材料乙', '缺', '办法丙', '材料丁', '不符合', '办法戊', '事项壬'],
  },
  {
    article: 'SSC-20.2 二十(二) 明确不予办理; ZJJ-26 条款和理由',
    play: (play) => play.step('case.refuse', { stage: 'study', ...ground(play), reason: '理由癸' }),
    page: ['研究后不予办理', '理由癸'],
    paper: 'refusal',
    printed: ['理由', '依据', '理由癸', '怎样申诉'],
  },
  {
    article: 'ZJJ-24 二十四 收费的标准、依据、到哪里缴',
    play: (play) => play.step('case.charge', charge),
    page: ['核定收费', '标准己', '依据庚', '财务处辛'],
    paper: 'charge',
    printed: ['标准己', '依据庚', '财务处辛'],
  },
  {
    article: 'ZJJ-24 二十四 缴费回执号',
    play: (play) => {
      play.step('case.charge', charge)
      play.step('case.receiptNo', { receiptNumber: 'HZ-001', paidOn: '2026-11-20' })
    },
    page: ['缴费回执 HZ-001', '11月20日缴费'],
  },
  {
    article: 'REF-SU3 件件有着落 办理结果',
    play: (play) => play.step('case.conclude', { result: '结果子', resultNote: '说明丑' }),
    page: ['办结：结果子', '说明丑'],
    paper: 'conclusion',
    printed: ['结果子'],
  },
  {
    article: 'SUP-1 催办的人和话',
    play: (play) => {
      play.step('case.accept', promised)
      play.step('case.remind', { way: 'urge', dueOn: null, text: '请抓紧' }, { by: supervisor, at: '2026-11-24 09:00' })
    },
    page: ['催办示例·甲', '请抓紧', '示例·督'],
  },
  {
    article: 'NBU-4 三.2, ZJJ-9 九 谁来解释',
    play: (play) => play.step('case.conclude', { result: '结果子', resultNote: '' }),
    page: ['解释部门'],
    paper: 'conclusion',
    printed: ['谁来解释'],
  },
]

const hallsOf = ({ hall }: Demand): HallId[] => (hall ? [hall] : (Object.keys(halls) as HallId[]))

test.each(demands.flatMap((demand) => hallsOf(demand).map((hall) => [demand.article, hall, demand] as const)))(
  '[NBU-6, SSC-20.1, SSC-20.2, ZJJ-24, ZJJ-25, ZJJ-26] %s (%s): on the case and on its paper',
  (_article, hall, { play: happen, page, paper, printed = [] }) => {
    const play = playCase(hall, '学生证补办', {
      roleWord: { value: '岗', cite: null },
      isMissingToldWithWays: { value: true, cite: null },
    })
    play.receive()
    happen(play)
    const { item, profile, calendars } = play
    const facts = { image: play.image(), item, profile, calendars }
    const terms = { item, outcomes: [], roleWord: '岗', deviceId: '', lane: null, today: '2026-11-20' }
    const course = mount(TimelineList, { entries: courseOf(facts.image, terms) })
    const people = mount(CasePeople, { image: facts.image, item, profile })
    const text = `${course.root.textContent}\n${people.root.textContent}`
    expect(page.filter((words) => !text.includes(words))).toEqual([])
    const body = paper ? JSON.stringify(paperBody(paper, facts)) : ''
    expect(printed.filter((words) => !body.includes(words))).toEqual([])
    course.unmount()
    people.unmount()
  },
)
