export { accountRoutes } from './accounts.ts'
export { hashOf, hashPassword, isSameSecret, newCode, newPassword, noPassword, onceHash, onceUntil } from './secrets.ts'
export { authRoutes } from './routes.ts'
export { enrolled, signedIn, supervisorOnly } from './who.ts'
