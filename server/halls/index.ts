export { readTurns } from './reports.ts'
export { hallRoutes } from './routes.ts'
