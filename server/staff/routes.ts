import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { plainId } from '../../shared/core/text.ts'
import { lineOrEmpty } from '../../shared/profiles/text.ts'
import { peopleColumns, PeoplePreview, rowOfPerson } from '../../shared/staff/index.ts'
import { OpenCasesAnswer } from '../../shared/wire/staff.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { exportFormats, exportTable, fileTypes, maxFileBytes, previewPeopleFile } from '../catalogue/index.ts'
import { readProfileInForce } from '../db/profile-in-force.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { readBytes } from '../http/read-json.ts'
import { readOpenCases, readPeople } from './reports.ts'

const problems = ['unauthenticated', 'forbidden'] as const

const hallData = async (deps: Deps, hallId: string) => {
  const [people, profile] = await Promise.all([
    readPeople(deps.db, hallId, null),
    readProfileInForce(deps.db, hallId, localDay(deps.now())),
  ])
  if (!profile) throw new Fault('not-found')
  return { people: people.filter(({ state }) => state === 'active'), profile }
}

const openCases = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/staff/open-cases',
      summary: '一个人在一个窗口还没有了结的办件，换人之前要移交',
      guards: [signedIn(deps), supervisorOnly],
      query: z.strictObject({ personId: plainId, windowId: plainId }),
      answer: OpenCasesAnswer,
      problems,
    },
    async ({ query }, c) => ({ rows: await readOpenCases(deps.db, c.get('person').hallId, query) }),
  )
}

const imports = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/imports/people',
      summary: '预览一个人员名单（.xlsx、.csv）会改动什么；不写入',
      guards: [signedIn(deps), supervisorOnly],
      query: z.strictObject({ name: lineOrEmpty(120).default('') }),
      answer: PeoplePreview,
      problems: [...problems, 'too-large', 'media-type', 'invalid'],
    },
    async ({ query }, c) => {
      const type = c.req.header('content-type') ?? ''
      if (!fileTypes.test(type)) throw new Fault('media-type', { detail: '请选择 .xlsx 或 .csv 文件。' })
      const bytes = await readBytes(c.req.raw, maxFileBytes)
      const file = query.name === '' ? '所选文件' : query.name
      return previewPeopleFile({ bytes, people: { file, ...(await hallData(deps, c.get('person').hallId)) } })
    },
  )
}

const exports = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/exports/people',
      summary: '导出本厅人员名单，列与导入的相同',
      guards: [signedIn(deps), supervisorOnly],
      query: z.strictObject({ format: z.enum(exportFormats) }),
      problems,
    },
    async ({ query }, c) => {
      const { id: by, hallId: hall } = c.get('person')
      const { people, profile } = await hallData(deps, hall)
      deps.log.warn({ id: c.get('requestId'), hall, by, count: people.length }, 'people exported')
      const head = peopleColumns.map(({ header }) => header)
      const rows = [head, ...people.map((person) => rowOfPerson(person, profile))]
      const named = { name: `people-${profile.hallId}`, sheet: '人员' }
      const { name, type, bytes } = await exportTable(rows, named, query.format)
      return new Response(bytes, {
        headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
      })
    },
  )
}

/** 人员: what an officer asks the server for beside the records themselves; no other hall's, no window's. */
export const staffRoutes = (api: Api, deps: Deps): void => {
  openCases(api, deps)
  imports(api, deps)
  exports(api, deps)
}
