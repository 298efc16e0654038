import type { Reach } from './online.ts'

/** What tabs of one browser tell each other; never data. */
export type Poke =
  /** Rows have come from the server: look again. */
  | { about: 'changed' }
  /** An act was kept and waits to be sent. */
  | { about: 'act' }
  /** A visible tab would like to lead. */
  | { about: 'want' }
  /** The leader is not looked at any more: whoever is may lead. */
  | { about: 'offer' }
  /** The leader's last verdict on the network, why it gets no data, if it is refused, and when it was restarted. */
  | { about: 'reach'; reach: Reach; refusal: string | null; restartedAt: number }
  /** Somebody pressed 现在发送. */
  | { about: 'send' }

const name = 'changkai'
let channel: BroadcastChannel | null = null
const listeners = new Set<(poke: Poke) => void>()

function open(): BroadcastChannel {
  if (channel) return channel
  channel = new BroadcastChannel(name)
  channel.onmessage = (event: MessageEvent<Poke>) => {
    for (const listen of listeners) listen(event.data)
  }
  return channel
}

/** Tell the other tabs, and the listeners of this one. */
export function poke(message: Poke): void {
  open().postMessage(message)
  for (const listen of listeners) listen(message)
}

/** Hear what any tab says; returns how to stop. */
export function onPoke(listen: (poke: Poke) => void): () => void {
  open()
  listeners.add(listen)
  return () => {
    listeners.delete(listen)
  }
}

/** Close the channel, as the browser does when a page ends; tests end several in one process. */
export function closePokes(): void {
  listeners.clear()
  channel?.close()
  channel = null
}
