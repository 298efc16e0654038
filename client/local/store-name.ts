const nameKey = 'changkai.store'
const first = 'changkai'

/** Name of the database in use: the first one, or the one begun after a former could not be opened (sync.md §8). */
export function storeName(): string {
  try {
    const name = localStorage.getItem(nameKey) ?? ''
    return /^changkai-\d+$/.test(name) ? name : first
  } catch {
    return first
  }
}

/** From the next load on, the database of that name; the former stays on the disk, untouched. */
export function useStore(name: string): void {
  localStorage.setItem(nameKey, name)
}

/** A name nothing was ever kept under. */
export async function freeStoreName(): Promise<string> {
  const taken = new Set((await indexedDB.databases()).map(({ name }) => name))
  for (let n = 2; ; n += 1) if (!taken.has(`${first}-${String(n)}`)) return `${first}-${String(n)}`
}
