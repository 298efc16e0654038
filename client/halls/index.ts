export { useKeepers } from './use-keepers.ts'
