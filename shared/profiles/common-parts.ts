/** Materials many sheets ask for; the key is the material's id on the sheet. */
export const commonMaterials = {
  'campus-card': { name: '学生证或校园卡', how: '当场核对，不留复印件' },
  'id-card': { name: '身份证', how: '当场核对，不留复印件' },
  'id-copy': { name: '身份证复印件 1 份', how: '正反面印在一页；自助机可复印' },
  photo: { name: '一寸近照 1 张', how: '近 6 个月内，白底；窗口不代拍' },
  'form-advisor': { name: '申请表（辅导员签字）', how: '窗口或自助机打印空表，辅导员签字后带回' },
  'form-college': { name: '申请表（学院盖章）', how: '窗口或自助机打印空表，学院盖章后带回' },
  form: { name: '申请表', how: '窗口或自助机打印空表，当场填写' },
  'form-tutor': { name: '申请表（导师签字）', how: '网上下载空表，导师签字后带回' },
  'loss-note': { name: '遗失说明', how: '本人签名，写明遗失日期' },
  statement: { name: '情况说明', how: '写明原因和日期，本人签名' },
  proof: { name: '相关证明材料', how: '原件当场核对，留复印件 1 份' },
  'medical-proof': { name: '二级以上医院证明', how: '带病历和诊断证明原件' },
  transcript: { name: '成绩单 1 份', how: '自助机打印' },
  'plan-sheet': { name: '活动方案', how: '写明时间、地点、人数、负责人、安全预案' },
  'safety-letter': { name: '安全责任书', how: '负责人签名；空表可在窗口打印' },
  'parent-letter': { name: '家长知情同意书', how: '家长签名，附联系电话' },
  'bank-card': { name: '本人银行卡复印件 1 份', how: '写明开户行；自助机可复印' },
} as const satisfies Record<string, { name: string; how: string }>

/** Grounds for 不予办理 many sheets share; the key is the ground's id on the sheet. */
export const commonGrounds = {
  'not-student': { text: '不是全日制在籍学生', basis: '一事一表“服务对象”' },
  'not-eligible': { text: '不符合申办条件，且无法通过补正材料解决', basis: '一事一表“申办条件”' },
  'false-papers': { text: '材料经核实不真实', basis: '一事一表“申办条件”；学校有关规定' },
  overdue: { text: '已超过规定的申请期限', basis: '一事一表“申办条件”' },
  'already-done': { text: '同一事项已办理，仍在有效期内', basis: '一事一表“申办条件”' },
  'in-discipline': { text: '在处分期内，按校规不能申请', basis: '学校学生违纪处分规定' },
  'not-permitted': { text: '不符合国家法律法规政策或学校规章制度', basis: '学校有关规章制度' },
  'not-owner': { text: '不是本人或受委托人', basis: '一事一表“服务对象”' },
} as const satisfies Record<string, { text: string; basis: string }>
