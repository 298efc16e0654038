export { default as DevicesPage } from './DevicesPage.vue'
export { useDevices } from './use-devices.ts'
