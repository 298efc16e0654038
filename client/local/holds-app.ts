import { shallowRef } from 'vue'

/**
 * Whether this browser holds the whole app, so that it opens without a network too (OFF-1): some seconds after the first
 * visit, longer on a slow line. In development no worker is installed, and nothing is waited for.
 */
export const holdsApp = shallowRef(
  !import.meta.env.PROD || !('serviceWorker' in navigator) || navigator.serviceWorker.controller !== null,
)
