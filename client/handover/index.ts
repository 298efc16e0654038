export { usePendingHandover } from './queries.ts'
