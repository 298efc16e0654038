/** What happened in a history, one line an event, for a person to read. */
export class Trace {
  readonly #events: { at: number; who: string; what: string }[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  say(who: string, what: string): void {
    this.#events.push({ at: this.#now(), who, what })
  }

  /** The lines as a person reads them: put together only when somebody does. */
  get lines(): string[] {
    return this.#events.map(({ at, who, what }) => `${clockText(at)}  ${who.padEnd(9)} ${what}`)
  }

  /** How often something was said that the pattern fits. */
  count(what: RegExp): number {
    return this.#events.filter((event) => what.test(event.what)).length
  }
}

function clockText(ms: number): string {
  return new Date(ms + 28_800_000).toISOString().slice(5, 23).replace('T', ' ')
}

/** The last digits of an id: every id of a history is counted up, so they tell it apart. */
export function tail(id: string): string {
  return id.slice(-6).replace(/^0+(?=.)/, '')
}
