import { problems, type Problem, type ProblemCode } from '../../shared/wire/problem.ts'

/** One wrong place of a request, as a JSON pointer, with what should be there; never what was there. */
export type PlaceOfFault = NonNullable<Problem['errors']>[number]

/** Plain words for each problem, shown to staff and on the problem's own page. */
export const problemWords: Record<ProblemCode, { title: string; detail: string }> = {
  malformed: { title: '请求无法读懂', detail: '送来的内容不完整或格式不对，没有改动任何数据。' },
  unauthenticated: { title: '请先登录', detail: '登录已失效或设备未登记，请重新登录。已保存的办件不受影响。' },
  signature: { title: '签名核验未通过', detail: '这份内容的签名不对，没有改动任何数据。' },
  forbidden: { title: '没有这项权限', detail: '您当前的岗位不能做这件事。' },
  'actor-forged': { title: '身份不符', detail: '送来的身份与登录的身份不一致，没有改动任何数据。' },
  'cross-site': { title: '来源不符', detail: '这个请求不是从本系统页面发出的，没有改动任何数据。' },
  'not-found': { title: '没有找到', detail: '没有这个地址，或您看不到它。' },
  method: { title: '不支持的操作', detail: '这个地址不支持这种操作。' },
  stale: { title: '已被别人改过', detail: '您看到的不是最新内容，请刷新后再改。' },
  'command-id-reused': { title: '编号重复', detail: '这个操作编号已经用过，内容不同。' },
  'too-large': { title: '内容太大', detail: '送来的内容超过上限，没有改动任何数据。' },
  'media-type': { title: '格式不支持', detail: '送来的内容不是支持的格式。' },
  invalid: { title: '内容不符合要求', detail: '有些地方填得不对，没有改动任何数据。' },
  'upgrade-required': { title: '请更新应用', detail: '本机的应用版本太旧，请更新后再试。本机已保存的内容不会丢。' },
  'too-many': { title: '请求太频繁', detail: '请稍等一会儿再试。' },
  bug: { title: '服务器出错了', detail: '服务器处理时出错，已记录。请稍后再试；本机已保存的内容不会丢。' },
  busy: { title: '服务器暂时忙', detail: '服务器暂时不能处理，请稍后再试。本机已保存的内容不会丢。' },
  'no-space': { title: '服务器空间不足', detail: '服务器存储空间不足，请通知管理员。' },
}

/** More about a fault than its code. `detail` is a sentence of ours; it never quotes what was sent. */
export interface FaultMore {
  readonly detail?: string
  readonly errors?: readonly PlaceOfFault[]
  readonly headers?: Readonly<Record<string, string>>
}

/** The request is malformed, unauthenticated or not allowed (house.md §5): answered as problem+json, nothing changed. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: ProblemCode
  readonly more: FaultMore

  constructor(code: ProblemCode, more: FaultMore = {}) {
    super(code)
    this.code = code
    this.more = more
  }
}

/** 429 with the seconds to wait. */
export const tooMany = (seconds: number, detail?: string): Fault =>
  new Fault('too-many', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) },
    ...(detail === undefined ? {} : { detail }),
  })

/** The answer to a fault: problem details of RFC 9457; `instance` is the request's id. */
export const problemResponse = (fault: Fault, requestId: string): Response => {
  const { title, detail } = problemWords[fault.code]
  const body: Problem = {
    type: `/problems/${fault.code}`,
    title,
    status: problems[fault.code],
    detail: fault.more.detail ?? detail,
    instance: requestId,
    ...(fault.more.errors ? { errors: fault.more.errors.slice(0, 50) } : {}),
  }
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'Content-Type': 'application/problem+json; charset=utf-8', ...fault.more.headers },
  })
}
