export { hallRoutes } from './routes.ts'
