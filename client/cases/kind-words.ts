import type { Appeal, Case } from '../../shared/cases/index.ts'

/** 申诉 by what it is about (ZJJ-26). */
export const appealKinds: Readonly<Record<Appeal['about'], string>> = {
  shouldHaveAccepted: '应收未收',
  refusal: '不服不予办理',
  returned: '不服退件',
}

/** What the number is called that a matter has where it began (NBU-8). */
export const beganWords: Readonly<Record<NonNullable<Case['began']>['by'], string>> = {
  online: '网上申报号',
  appointment: '预约号',
}
