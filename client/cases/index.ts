export { shortNumber } from './case-words.ts'
export { explainerWords, hoursWords } from './papers/hall-words.ts'
export { default as QrCode } from './papers/QrCode.vue'
export { default as RefusedCard } from './RefusedCard.vue'
