import type { Item } from '../profiles/item-sheet.ts'
import type { Profile } from '../profiles/profile.ts'

type Flow = NonNullable<Item['flow']>

const orders = { together: '同时办', inOrder: '依次办' } as const
const partsOf = (line: string): string[] => line.split(/[：:]/).map((part) => part.trim())

/** 联办与审批 as lines of a cell: 单位：同时办 / 复核：教务处 / 审批：教务处｜分管领导. */
export function flowText({ flow }: Item, { units }: Profile): string {
  if (!flow) return ''
  const nameOf = (id: string): string => units.find((unit) => unit.id === id)?.name ?? id
  return [
    `单位：${orders[flow.units]}`,
    ...(flow.check === null ? [] : [`复核：${nameOf(flow.check)}`]),
    ...flow.approvals.map(({ unitId, title }) => `审批：${nameOf(unitId)}｜${title}`),
  ].join('\n')
}

/** What a cell must look like, for whoever wrote it otherwise. */
export const flowExpected = '每行一项：单位：同时办（或依次办）；复核：单位名；审批：单位名｜职务'

/** The flow a cell says: nothing for an empty one, null where a line cannot be read. */
export function flowOfText(text: string, idOf: IdOf): Flow | null | undefined {
  if (text === '') return undefined
  const flow: Flow = { units: 'together', check: null, approvals: [] }
  return text.split('\n').every((line) => readLine(flow, partsOf(line), idOf)) ? flow : null
}

type IdOf = (unitName: string) => string

const readers: Readonly<Record<string, (flow: Flow, said: string, idOf: IdOf) => boolean>> = {
  单位(flow, said) {
    flow.units = said === orders.inOrder ? 'inOrder' : 'together'
    return said === orders[flow.units]
  },
  复核(flow, said, idOf) {
    flow.check = idOf(said)
    return true
  },
  审批(flow, said, idOf) {
    const [unit = '', title = ''] = said.split(/[｜|]/).map((part) => part.trim())
    flow.approvals.push({ unitId: idOf(unit), title })
    return title !== ''
  },
}

function readLine(flow: Flow, [what = '', said = '']: readonly string[], idOf: IdOf): boolean {
  return said !== '' && Object.hasOwn(readers, what) && readers[what]?.(flow, said, idOf) === true
}
