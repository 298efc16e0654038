export { default as DeciderGaps } from './DeciderGaps.vue'
export { default as StaffReminder } from './StaffReminder.vue'
