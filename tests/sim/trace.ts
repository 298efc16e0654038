/** What happened in a history, one line an event, for a person to read. */
export class Trace {
  readonly lines: string[] = []
  #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  say(who: string, what: string): void {
    this.lines.push(`${clockText(this.#now())}  ${who.padEnd(9)} ${what}`)
  }
}

function clockText(ms: number): string {
  return new Date(ms + 28_800_000).toISOString().slice(5, 23).replace('T', ' ')
}

/** The last digits of an id: every id of a history is counted up, so they tell it apart. */
export function tail(id: string): string {
  return id.slice(-6).replace(/^0+(?=.)/, '')
}
