export { readByNumber } from './reports.ts'
export { appointmentRoutes } from './appointments.ts'
export { followTwins, sweepTwins } from './twins.ts'
