import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { schemaNumber } from '../../shared/core/envelope.ts'
import type { WantedClients } from '../../shared/core/releases.ts'
import { problems, type ProblemCode } from '../../shared/wire/problem.ts'
import { probeWrite } from '../db/probe.ts'
import { define, type Api } from './define.ts'
import type { Deps } from './env.ts'
import { Fault, problemWords } from './fault.ts'

const Manifest = z.object({ version: z.string() })

/** This release, from package.json. */
export const release = Manifest.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')),
).version

/** Of the server, and of the clients it wants run (F39). */
const VersionAnswer = z.strictObject({
  version: z.string(),
  schema: z.int(),
  minClient: z.string().nullable(),
  stoppedClients: z.array(z.string()),
})

const isCode = (name: string): name is ProblemCode => Object.hasOwn(problems, name)

const pageOf = (code: ProblemCode): string => {
  const { title, detail } = problemWords[code]
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · 常开窗口</title><h1>${title}</h1><p>${detail}</p><p>${String(problems[code])} · ${code}</p></html>`
}

const Alive = z.strictObject({ status: z.literal('ok') })

/** Health, version and the pages that problem types point to: what is asked without signing in (reliability.md §6). */
export const plainPages = (
  api: Api,
  deps: Deps,
  { isStopping, clients }: { isStopping(): boolean; clients: WantedClients },
): void => {
  define(api, { method: 'get', path: '/livez', summary: '进程在运行', answer: Alive }, () => ({
    status: 'ok' as const,
  }))
  define(api, { method: 'get', path: '/readyz', summary: '可以接受写入', answer: Alive }, async () => {
    if (isStopping()) throw new Fault('busy')
    await probeWrite(deps.db, deps.now())
    return { status: 'ok' as const }
  })
  define(
    api,
    {
      method: 'get',
      path: '/version',
      summary: '版本号与命令格式号',
      answer: VersionAnswer,
    },
    () => ({
      ...{ version: release, schema: schemaNumber },
      ...{ minClient: clients.minClient, stoppedClients: [...clients.stoppedClients] },
    }),
  )
  define(
    api,
    { method: 'get', path: '/problems/{code}', summary: '一种错误的说明页', params: z.object({ code: z.string() }) },
    ({ params: { code } }, c) => {
      if (!isCode(code)) throw new Fault('not-found')
      return c.html(pageOf(code))
    },
  )
}
