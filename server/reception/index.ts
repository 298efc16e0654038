export { receptionRoutes } from './routes.ts'
