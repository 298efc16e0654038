export { lookAgain } from './look-again.ts'
export { staffRoutes } from './routes.ts'
