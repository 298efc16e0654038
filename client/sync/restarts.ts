import { shallowRef } from 'vue'

/** When the engine was last restarted because it had stalled (R9), wall time; 0 when never. Shown, not only logged. */
export const restartedAt = shallowRef(0)
