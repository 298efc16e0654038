/**
 * One after another under a key. The system's stream of a hall has one end: a crowd at the same moment would write behind
 * it in vain again and again, and be told the server is busy. Other instances meet at the stream itself.
 */
export function inTurn(): <Result>(key: string, task: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>()
  return async (key, task) => {
    const before = last.get(key)
    const mine = (async () => {
      // Whoever asked before hears of their own fault.
      await before?.catch(() => undefined)
      return task()
    })()
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
