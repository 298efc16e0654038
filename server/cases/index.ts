export { readByNumber } from './reports.ts'
export { appointmentRoutes } from './appointments.ts'
export { searchRoutes } from './search-routes.ts'
export { followTwins, sweepTwins } from './twins.ts'
