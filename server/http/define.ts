import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { z } from 'zod'
import { Problem, problems, type ProblemCode } from '../../shared/wire/problem.ts'
import type { Env } from './env.ts'
import { Fault, type PlaceOfFault } from './fault.ts'
import { readJson } from './read-json.ts'

/** The application that routes are defined on; it gathers the OpenAPI document as they are. */
export type Api = OpenAPIHono<Env>

/** What a route takes and answers: one schema each, for the check of the input and for the document. */
export interface RouteSpec {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With `{id}` for parameters. */
  readonly path: string
  readonly summary: string
  readonly guards?: readonly MiddlewareHandler<Env>[]
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The most bytes of a JSON body; 1 MiB unless told (X1). */
  readonly maxBytes?: number
  readonly answer?: z.ZodType
  readonly status?: 200 | 201 | 204
  readonly problems?: readonly ProblemCode[]
}

type Out<T> = T extends z.ZodType ? z.output<T> : undefined

/** The checked parts of a request. */
export interface Input<S extends RouteSpec> {
  readonly params: Out<S['params']>
  readonly query: Out<S['query']>
  readonly body: Out<S['body']>
}

type Answer<S extends RouteSpec> = S['answer'] extends z.ZodType ? z.input<S['answer']> | Response : Response

const oneMiB = 1_048_576

/** A key or index as one step of a JSON pointer (RFC 6901). */
const step = (key: PropertyKey): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

const placesOf = (error: z.ZodError): PlaceOfFault[] =>
  error.issues.flatMap((issue) => {
    // The name of an unknown field is the sender's own text: its place is told, not its name.
    const detail = issue.code === 'unrecognized_keys' ? '有不认识的字段' : wordsOf(issue)
    return [{ pointer: issue.path.map((key) => `/${step(key)}`).join(''), detail }]
  })

const wordsOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return '缺少，或类型不对'
    case 'too_small':
      return '太短、太小或太少'
    case 'too_big':
      return '太长、太大或太多'
    case 'custom':
    case 'invalid_format':
      return /[一-鿿]/.test(issue.message) ? issue.message : '格式不对'
    default:
      return '不是允许的值'
  }
}

/** Checks a value by its schema; what does not fit is 422 with pointers (bodies) or 400 (addresses and queries, X18). */
export const checked = <T extends z.ZodType>(
  schema: T,
  value: unknown,
  problem: 'invalid' | 'malformed',
): z.output<T> => {
  const read = schema.safeParse(value)
  if (!read.success) throw new Fault(problem, { errors: placesOf(read.error) })
  return read.data
}

const inputOf = async <S extends RouteSpec>(spec: S, c: Context<Env>): Promise<Input<S>> => ({
  params: (spec.params ? checked(spec.params, c.req.param(), 'malformed') : undefined) as Out<S['params']>,
  query: (spec.query ? checked(spec.query, c.req.query(), 'malformed') : undefined) as Out<S['query']>,
  body: (spec.body
    ? checked(spec.body, await readJson(c.req.raw, spec.maxBytes ?? oneMiB), 'invalid')
    : undefined) as Out<S['body']>,
})

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })

const documented = (spec: RouteSpec): ProblemCode[] => [
  ...(spec.params || spec.query ? (['malformed'] as const) : []),
  ...(spec.body ? (['malformed', 'too-large', 'media-type', 'invalid'] as const) : []),
  ...(spec.method === 'get' ? [] : (['cross-site'] as const)),
  ...(spec.problems ?? []),
  'busy',
]

/** Puts a route into the OpenAPI document; for those that are wired elsewhere (sync) it is all there is to do. */
export const document = (api: Api, spec: RouteSpec): void => {
  const faults = [...new Set(documented(spec).map((code) => problems[code]))].sort()
  const request = {
    ...(spec.params ? { params: spec.params as z.ZodObject } : {}),
    ...(spec.query ? { query: spec.query as z.ZodObject } : {}),
    ...(spec.body ? { body: { required: true, content: json(spec.body) } } : {}),
  }
  api.openAPIRegistry.registerPath({
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    request,
    responses: {
      [spec.status ?? 200]: { description: spec.summary, ...(spec.answer ? { content: json(spec.answer) } : {}) },
      ...Object.fromEntries(
        faults.map((status) => [
          status,
          { description: 'problem', content: { 'application/problem+json': { schema: Problem } } },
        ]),
      ),
    },
  })
}

/** Defines a route: input checked by its schemas, document from the same, answer typed by its own. */
export const define = <const S extends RouteSpec>(
  api: Api,
  spec: S,
  handle: (input: Input<S>, c: Context<Env>) => Promise<Answer<S>> | Answer<S>,
): void => {
  document(api, spec)
  const path = spec.path.replaceAll(/\{(\w+)\}/g, ':$1')
  api.on(spec.method.toUpperCase(), [path], ...(spec.guards ?? []), async (c: Context<Env>) => {
    const answer = await handle(await inputOf(spec, c), c)
    return answer instanceof Response ? answer : c.json(answer as object, spec.status === 201 ? 201 : 200)
  })
}
