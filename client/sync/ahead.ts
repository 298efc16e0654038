import type { z } from 'zod'
import { Frame } from '../../shared/wire/frame.ts'
import { NetFault, type Engine } from '../local/engine.ts'
import type { ClockSample } from '../local/store.ts'
import { beginExchange, sampleOf } from './clock.ts'

/** A page that nobody asks for soon is out of date. */
const keptMs = 30_000

/** What the server answered to a question, and the exchange's clock sample if it says anything. */
export interface Answer {
  frame: Frame
  sample: ClockSample | null
}

/** A pull's question without the time it is asked at. */
export type Question = Readonly<Record<string, string>>

interface Ahead {
  question: string
  at: number
  answer: Promise<Answer>
}

const aheadOf = new WeakMap<Engine, Ahead>()

/**
 * The answer to a pull's question: asked now, or ahead of time while the page before it was taken in. Only the answer
 * to the very question is used, so a cursor that did not move as expected finds none (I10).
 */
export async function ask(engine: Engine, question: Question): Promise<Answer> {
  const ahead = aheadOf.get(engine)
  aheadOf.delete(engine)
  const isFresh = ahead !== undefined && engine.clock.mono() - ahead.at < keptMs
  if (isFresh && ahead.question === textOf(question)) return ahead.answer
  return askNow(engine, question, (await engine.tell?.()) ?? {})
}

/** Ask for the page after this one while this one is taken in. */
export function askAhead(engine: Engine, question: Question): void {
  // Without the tablet's report: reading it would wait until this page is stored.
  const answer = askNow(engine, question, {})
  // Whoever asks the question hears of the fault; when nobody does, nothing has happened.
  answer.catch(() => undefined)
  aheadOf.set(engine, { question: textOf(question), at: engine.clock.mono(), answer })
}

async function askNow(engine: Engine, question: Question, told: Question): Promise<Answer> {
  const { net, clock } = engine
  const begun = beginExchange(clock)
  const asked = { ...question, ...told, t0: String(begun.t0) }
  const read: z.ZodSafeParseResult<Frame> = Frame.safeParse(await net.pull(asked))
  if (!read.success) throw new NetFault('portal')
  engine.told?.(told)
  return { frame: read.data, sample: sampleOf(begun, read.data.clock, clock) }
}

const textOf = (question: Question): string => JSON.stringify(question)
