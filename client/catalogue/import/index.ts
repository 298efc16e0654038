export { default as ImportPage } from './ImportPage.vue'
