import { expect, test } from 'vitest'
import { minSchema } from '../../server/sync/frame.ts'
import { schemaNumber } from '../../shared/core/envelope.ts'
import { Frame } from '../../shared/wire/frame.ts'
import { act, pushOf } from '../support/forge.ts'
import { noting, receiving, words } from './forged-hall.ts'
import { logOf, pulled, pullFrom, pushRaw, signerAt, tabletAt } from './forged-server.ts'
import { givenHall } from './given-hall.ts'

const given = givenHall()

test('[F40] an app whose schema is not served any more is told 426 at each pull, and all it sends is taken as ever', async () => {
  const tablet = await tabletAt(given.hall, 'OA')
  const signer = await signerAt(given.hall, tablet)
  const schema = minSchema - 1
  const send = async (from: number, commands: ReturnType<typeof act>[]) => {
    const answer = await pushRaw(given.hall, tablet, JSON.stringify({ ...pushOf(tablet, from, commands), schema }))
    expect(answer.status).toBe(200)
    return Frame.parse(await answer.json())
  }
  const refused = async () => {
    const answer = await pullFrom(given.hall, tablet, { schema })
    const { type, detail } = (await answer.json()) as { type: string; detail: string }
    return [answer.status, type, typeof detail]
  }
  const told = [426, '/problems/upgrade-required', 'string']
  expect(await refused()).toEqual(told)
  const first = receiving(tablet)
  const frame = await send(1, [act(tablet, signer, first)])
  expect([words(frame.results), frame.minSchema]).toEqual([['applied'], minSchema])
  expect(await refused()).toEqual(told)
  expect(words((await send(2, [act(tablet, signer, noting(first.aggId))])).results)).toEqual(['applied', 'applied'])
  expect((await logOf(given.hall, tablet)).map(({ seq, outcome }) => [seq, outcome])).toEqual([
    [1, 'applied'],
    [2, 'applied'],
  ])
  for (const served of [minSchema, schemaNumber]) {
    const page = await pulled(given.hall, tablet, { schema: served })
    expect(page.rows.map(({ id, ver }) => [id, ver])).toEqual([[first.aggId, 2]])
  }
})

test('[F40] an app newer than the server pulls, and its push is stopped before anything is decided', async () => {
  const tablet = await tabletAt(given.hall, 'OB')
  const signer = await signerAt(given.hall, tablet)
  const commands = [act(tablet, signer, receiving(tablet))]
  const body = { ...pushOf(tablet, 1, commands), schema: schemaNumber + 1 }
  const frame = Frame.parse(await (await pushRaw(given.hall, tablet, JSON.stringify(body))).json())
  expect([frame.stop, frame.lastSeq]).toEqual([{ code: 'server-too-old', seq: 1 }, 0])
  expect((await pullFrom(given.hall, tablet, { schema: schemaNumber + 1 })).status).toBe(200)
  expect(await logOf(given.hall, tablet)).toEqual([])
})
