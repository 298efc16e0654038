export { default as StaffReminder } from './StaffReminder.vue'
