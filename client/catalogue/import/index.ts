export { default as ImportPage } from './ImportPage.vue'
export { default as PreviewChanges } from './PreviewChanges.vue'
export { default as PreviewErrors } from './PreviewErrors.vue'
export { saveText } from './template.ts'
