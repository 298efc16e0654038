export { default as DevicesPage } from './DevicesPage.vue'
export { default as RescuePage } from './RescuePage.vue'
export { useDevices } from './use-devices.ts'
