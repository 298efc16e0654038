/** What each command is called in the log. A command without its word would show its type: a test checks that none lacks one. */
export const actWords: Readonly<Record<string, string>> = {
  'calendar.publish': '发布工作日历',
  'case.accept': '受理并承诺',
  'case.archive': '归档',
  'case.note': '记录备注',
  'case.conclude': '办结',
  'case.correct': '更正信息',
  'case.materialGiven': '核对材料',
  'case.receive': '收件',
  'case.refuse': '不予办理',
  'case.resolve': '裁决两处改动',
  'case.supplementNotice': '一次性告知',
  'case.take': '接手办件',
  'case.undo': '撤销上一步',
  'case.withdraw': '学生撤回',
  'handover.confirm': '确认接班',
  'handover.open': '提出交班',
  'held.release': '核对后放行',
  'case.assign': '指定经办人',
  'case.link': '关联办件',
  'case.twin': '标出重复收件',
  'outcome.ack': '回应未被接受的操作',
  'item.publish': '发布事项',
  'item.retire': '停用事项',
  'post.assign': '定岗',
  'post.end': '离岗',
  'profile.adopt': '采用规章配置',
}

/** The plain line of a log row: the act and what it was about; never a personal value. */
export const summaryOf = (type: string, about: string | null): string => {
  const word = actWords[type] ?? (type === '' ? '无法读懂的记录' : type)
  return about === null || about === '' ? word : `${word} · ${about}`
}
