import type { By } from './case.ts'

/** 中止: time that does not count towards the limit, told to the student with its reason; `to` null: it still runs. */
export interface Pause {
  from: number
  to: number | null
  reason: string
  by: By
}

/** A window, by id and by the name it had. */
export interface WindowName {
  windowId: string
  name: string
}

/** 转办: the case on its way to another window. On both lists until it is taken or comes back; why stands in `pii[key]`. */
export interface Transfer {
  from: WindowName
  to: WindowName
  key: string
  by: By
  taken: By | null
  /** Not taken: sent back, or called back by the window it came from. */
  back: (By & { reason: string }) | null
}

/** 收缴分离 (ZJJ-24): what was assessed at the window, to be paid elsewhere; `receipt` completes it. */
export interface Charge {
  /** 分, so that no sum is ever rounded. */
  amount: number
  basis: string
  standard: string
  payAt: string
  by: By
  receipt: { number: string; paidOn: string; by: By } | null
}

/** 退件: the papers went back to the student without an outcome, and why. */
export interface Returned {
  why: 'notSupplemented' | 'elsewhere' | 'duplicate'
  reason: string
  by: By
}

/** 申诉 of a decision, 应收未收 among them (ZJJ-26). What the student says stands in `pii[key]`. */
export interface Appeal {
  key: string
  about: 'shouldHaveAccepted' | 'refusal' | 'returned'
  /** The decision as it was told, kept when the appeal is upheld and the case goes on. */
  against: { state: string; text: string; by: By } | null
  by: By
  decided: { outcome: 'upheld' | 'rejected'; reason: string; by: By } | null
}

/** Where the matter began before it came to the window (NBU-8): its number there goes on with it. */
export interface Began {
  by: 'online' | 'appointment'
  number: string
}
