export { useContactCount } from './contact-count.ts'

/** The supervisors' view, loaded when it is opened. */
export const superviseReception = () => import('./SuperviseReception.vue')
