export { catalogueRoutes } from './routes.ts'
export { withSearchText } from './search-text.ts'
