import { shallowRef } from 'vue'
import type { StoreNotice } from '../local/db.ts'

/** What the tablet's store asks of this page: to be loaded anew, or other tabs to be closed; null when nothing. */
export const storeNotice = shallowRef<StoreNotice | null>(null)
