import { createHash } from 'node:crypto'
import { z } from 'zod'
import { localDay } from '../../shared/calendar/day.ts'
import { ImportAnswer } from '../../shared/catalogue/import-answer.ts'
import { itemsInForce } from '../../shared/catalogue/index.ts'
import { lineOrEmpty } from '../../shared/profiles/text.ts'
import { signedIn, supervisorOnly } from '../auth/index.ts'
import { define, type Api } from '../http/define.ts'
import type { Deps } from '../http/env.ts'
import { Fault } from '../http/fault.ts'
import { readBytes } from '../http/read-json.ts'
import { exportItems } from './export-items.ts'
import { exportFormats } from './export-table.ts'
import { previewImport } from './import-worker.ts'
import { mailFollowRoutes } from './mail-follows.ts'
import { newsRoutes } from './news.ts'
import { publicRoutes } from './public.ts'
import { readItems, readNewestProfile } from './reports.ts'

/** The most bytes of a file to be looked at. */
export const maxFileBytes = 20 * 1024 * 1024

/** What a spreadsheet or profile file may call itself. */
export const fileTypes =
  /^(text\/(csv|plain|tab-separated-values)|application\/(json|octet-stream|vnd\.ms-excel|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet))\s*(;.*)?$/i

const ImportQuery = z.strictObject({ name: lineOrEmpty(120).default('') })
const ExportQuery = z.strictObject({ format: z.enum(exportFormats) })

const hallData = async (deps: Deps, hallId: string) => {
  const [items, profile] = await Promise.all([readItems(deps.db, hallId), readNewestProfile(deps.db, hallId)])
  if (!profile) throw new Fault('not-found')
  return { items, profile }
}

const imports = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'post',
      path: '/api/v1/imports',
      summary: '预览一个事项表（.xlsx、.csv）或规章配置（.json）会改动什么；不写入',
      guards: [signedIn(deps), supervisorOnly],
      query: ImportQuery,
      answer: ImportAnswer,
      problems: ['unauthenticated', 'forbidden', 'too-large', 'media-type', 'invalid'],
    },
    async ({ query }, c) => {
      const type = c.req.header('content-type') ?? ''
      if (!fileTypes.test(type)) throw new Fault('media-type', { detail: '请选择 .xlsx、.csv 或 .json 文件。' })
      const { hallId } = c.get('person')
      const bytes = await readBytes(c.req.raw, maxFileBytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const file = query.name === '' ? '所选文件' : query.name
      const frame = { ...(await hallData(deps, hallId)), file, today: localDay(deps.now()) }
      return { ...(await previewImport({ bytes, frame })), file, sha256 }
    },
  )
}

const exports = (api: Api, deps: Deps): void => {
  define(
    api,
    {
      method: 'get',
      path: '/api/v1/exports/items',
      summary: '导出本厅现行事项，列与导入模板相同',
      guards: [signedIn(deps), supervisorOnly],
      query: ExportQuery,
      problems: ['unauthenticated', 'forbidden'],
    },
    async ({ query }, c) => {
      const { items, profile } = await hallData(deps, c.get('person').hallId)
      const now = itemsInForce(items, localDay(deps.now()))
      const { name, type, bytes } = await exportItems(now, profile, query.format)
      return new Response(bytes, {
        headers: { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` },
      })
    },
  )
}

/** 服务事项: import preview and export for the supervisor, and what anybody may read (SSC-17, NBU-4). */
export const catalogueRoutes = (api: Api, deps: Deps): void => {
  imports(api, deps)
  exports(api, deps)
  publicRoutes(api, deps)
  newsRoutes(api, deps)
  mailFollowRoutes(api, deps)
}
