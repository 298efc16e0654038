export { withSearchText } from './search-text.ts'
