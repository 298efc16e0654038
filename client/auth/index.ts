export { default as LockCover } from './LockCover.vue'
export { default as PinPanel } from './PinPanel.vue'
export { letterOf, personWords } from './person-words.ts'
