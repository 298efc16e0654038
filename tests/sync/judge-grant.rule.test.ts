import { expect, test } from 'vitest'
import { act } from '../support/forge.ts'
import { memoryHall, pushTo, receiving, serverNow, signerIn, tabletIn, words } from './forged-hall.ts'

const day = 86_400_000

function world() {
  const hall = memoryHall()
  const tablet = tabletIn(hall)
  return { hall, tablet }
}

test('[P10][I12] an act under a grant given for another device proves nobody', async () => {
  const { hall, tablet } = world()
  const elsewhere = signerIn(hall, tabletIn(hall, 'M3'))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [act(tablet, elsewhere, receiving(tablet))] })
  expect(words(results)).toEqual(['held:quarantine:signature'])
})

test('[I12][P10] a grant without a role gives none: the act waits for the supervisor', async () => {
  const { hall, tablet } = world()
  const a = signerIn(hall, tablet)
  hall.db.grants.set(a.grant.id, { ...a.grant, roles: [] })
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [act(tablet, a, receiving(tablet))] })
  expect(words(results)).toEqual(['held:grant:grant'])
})

test('[I12][P10] a role the tablet claims and the grant of the server does not give: held', async () => {
  const { hall, tablet } = world()
  const b = signerIn(hall, tablet, { id: 'b', role: 'roleB' })
  const as = (role: string) => act(tablet, b, receiving(tablet, { forge: { role } }))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [as('roleA'), as('roleB')] })
  expect(words(results)).toEqual(['held:grant:grant', 'applied'])
})

test('[P10][I12] of two grants of one person each is judged by itself, and neither signs for the other', async () => {
  const { hall, tablet } = world()
  const [old, renewed] = [signerIn(hall, tablet), signerIn(hall, tablet)]
  const forge = { grantId: old.grant.id }
  const sent = [
    act(tablet, old, receiving(tablet)),
    act(tablet, renewed, receiving(tablet)),
    act(tablet, renewed, receiving(tablet, { forge })),
  ]
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'applied', 'held:quarantine:signature'])
})

test('[I19][I12] an act dated before its grant has a wrong clock, not a wrong right', async () => {
  const { hall, tablet } = world()
  const a = signerIn(hall, tablet, { from: serverNow - 60_000 })
  const early = act(tablet, a, receiving(tablet, { at: serverNow - 2 * day }))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: [early] })
  expect(words(results)).toEqual(['applied'])
  const [row] = hall.db.rowsOf(tablet.streamId)
  expect(row?.lo).toBe(a.grant.fromAt)
})

test('[P12][I12] past its end a grant gives nothing, in the grace week and after: each act is held and none is lost', async () => {
  const { hall, tablet } = world()
  const a = signerIn(hall, tablet, { from: serverNow - 30 * day, to: serverNow - 10 * day })
  const sent = [12, 5, 1].map((days) => act(tablet, a, receiving(tablet, { at: serverNow - days * day })))
  const { results } = await pushTo(hall, tablet, { from: 1, commands: sent })
  expect(words(results)).toEqual(['applied', 'held:grant:time', 'held:grant:time'])
})
