export { makeFirstAdmin, type FirstAdmin, type ShownPassword, type WantedAdmin } from './first-admin.ts'
export { demoHall, printSignIns, seedIfEmpty, type PrintedSignIns } from './first-start.ts'
export { holdFirstStart } from './lock.ts'
