/** The pages of a terminal. */
export type KioskView = 'home' | 'items' | 'case' | 'transcript'
