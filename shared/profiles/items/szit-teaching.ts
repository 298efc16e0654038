import { consultation, type ItemPlan } from '../build-item.ts'

const examChange = '免修、重修、缓考申办'
const status = '学籍证明、异动、退伍复学等办理咨询'
const courses = '选课、考务咨询'
const policies = '教材教具申领、转专业、转本政策咨询等'

/** 教务事务窗口 of 沙洲职业工学院. */
export const szitTeaching: ItemPlan[] = [
  {
    no: 1,
    clause: examChange,
    name: '免修申办',
    kind: 'committed',
    days: 5,
    materials: ['form-college', 'transcript', 'proof'],
    grounds: ['overdue', 'not-eligible'],
  },
  {
    no: 2,
    clause: examChange,
    name: '重修申办',
    materials: ['form-advisor', 'campus-card'],
    grounds: ['overdue', ['该课程本学期不开班']],
    charge: { basis: '重修收费，校内公示标准', standard: '按学分收取' },
  },
  {
    no: 3,
    clause: examChange,
    name: '缓考申办',
    kind: 'committed',
    days: 3,
    materials: ['form-college', 'proof', 'campus-card'],
    grounds: ['overdue', 'not-eligible'],
  },
  {
    no: 4,
    clause: '教务信息平台学生信息更正申办',
    name: '教务信息平台学生信息更正申办',
    kind: 'committed',
    days: 3,
    materials: ['form-advisor', 'id-card', 'proof'],
    grounds: ['false-papers', 'not-owner'],
  },
  {
    no: 5,
    clause: status,
    name: '学籍证明办理咨询',
    aliases: ['在读证明', '在校证明'],
    materials: ['campus-card'],
    grounds: ['not-student', 'not-owner'],
    results: ['已当场出具证明', '已明确答复'],
  },
  { ...consultation, no: 6, clause: status, name: '学籍异动办理咨询', aliases: ['休学', '退学', '复学'] },
  {
    ...consultation,
    no: 7,
    clause: status,
    name: '退伍复学办理咨询',
    materials: ['campus-card', ['退伍证', '原件当场核对']],
  },
  { ...consultation, no: 8, clause: courses, name: '选课咨询' },
  { ...consultation, no: 9, clause: courses, name: '考务咨询' },
  {
    no: 10,
    clause: policies,
    name: '教材教具申领',
    materials: ['campus-card', ['领用清单', '班级负责人签字']],
    grounds: [['已领用，未到更换期']],
    results: ['已领取'],
  },
  { ...consultation, no: 11, clause: policies, name: '转专业政策咨询' },
  { ...consultation, no: 12, clause: policies, name: '转本政策咨询', aliases: ['专转本'] },
]
