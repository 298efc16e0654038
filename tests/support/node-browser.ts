import 'fake-indexeddb/auto'

/** What the tablet's modules ask of a browser outside IndexedDB, for tests that run them in Node beside a server. */
const kept = new Map<string, string>()

const storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear'> = {
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => void kept.set(key, value),
  removeItem: (key) => void kept.delete(key),
  clear: () => kept.clear(),
}

Object.assign(globalThis, { localStorage: storage })
