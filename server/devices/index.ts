export { deviceRoutes } from './routes.ts'
export { makeRescueKeys, rescueRoutes } from './rescue.route.ts'
