import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

const head = 'data:image/jpeg;base64,'

/** A photo of a record as an address the page may show: its policy takes blobs, not data in addresses. */
export function usePhoto(photo: () => unknown): Readonly<ShallowRef<string | null>> {
  const url = shallowRef<string | null>(null)
  const drop = () => {
    if (url.value !== null) URL.revokeObjectURL(url.value)
    url.value = null
  }
  watch(
    photo,
    (value) => {
      drop()
      if (typeof value !== 'string' || !value.startsWith(head)) return
      const bytes = Uint8Array.from(atob(value.slice(head.length)), (char) => char.charCodeAt(0))
      url.value = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
    },
    { immediate: true },
  )
  onScopeDispose(drop)
  return url
}
