export { demoHall, printSignIns, seedIfEmpty, type PrintedSignIns } from './first-start.ts'
export { holdFirstStart } from './lock.ts'
