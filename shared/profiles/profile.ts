import { z } from 'zod'
import { addCrossIssues, addItemIssues } from './cross-checks.ts'
import { expectedOf, foundText, pathText, valueAt, type ProfileError } from './issue-words.ts'
import { Item } from './item-sheet.ts'
import { ProfileFields } from './profile-fields.ts'

/** 规章配置: one version of a hall's regulation profile (aggregate `profile`, id `<hallId>@<version>`). */
export const Profile = ProfileFields.superRefine((profile, ctx) => {
  addCrossIssues(profile, (path, message) => {
    ctx.addIssue({ code: 'custom', path, message })
  })
})
export type Profile = ProfileFields

/** A whole profile file: the hall and its catalogue. */
export interface ProfileFile {
  readonly profile: Profile
  readonly items: Item[]
}

/** What reading a profile file gives: all of it, or every place where it is wrong. */
export type ParsedProfile =
  | { readonly ok: true; readonly profile: Profile; readonly items: Item[] }
  | { readonly ok: false; readonly errors: ProfileError[] }

const Outer = z.strictObject({ profile: z.looseObject({}), items: z.array(z.looseObject({})).max(5000) })

type Path = readonly PropertyKey[]

const pathsOf = (issue: z.core.$ZodIssue): Path[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]

/** Issues as errors of the file; `found` is looked up in the whole source, `prefix` is where the checked part stands. */
const errorsOf = (
  error: z.ZodError,
  prefix: Path,
  at: (path: Path, expected: string) => ProfileError,
): ProfileError[] =>
  error.issues.flatMap((issue) => pathsOf(issue).map((path) => at([...prefix, ...path], expectedOf(issue))))

/**
 * Read a profile file `{profile, items}`: all of it or nothing. Every error names file, path, what was expected and
 * what is there; paths inside the profile leave out `profile.`. Checks between fields wait until the types are right.
 */
export function parseProfile(source: unknown, file: string): ParsedProfile {
  const at = (path: Path, expected: string): ProfileError => ({
    file,
    path: pathText(path[0] === 'profile' && path.length > 1 ? path.slice(1) : path),
    expected,
    found: foundText(valueAt(source, path)),
  })
  const outer = Outer.safeParse(source)
  if (!outer.success) return { ok: false, errors: errorsOf(outer.error, [], at) }
  const errors: ProfileError[] = []
  const profile = Profile.safeParse(outer.data.profile)
  if (!profile.success) errors.push(...errorsOf(profile.error, ['profile'], at))
  const items = outer.data.items.map((item, index) => {
    const parsed = Item.safeParse(item)
    if (!parsed.success) errors.push(...errorsOf(parsed.error, ['items', index], at))
    return parsed.data
  })
  if (profile.success)
    addItemIssues(profile.data, items, (path, expected) => {
      errors.push(at(['items', ...path], expected))
    })
  if (!profile.success || errors.length > 0) return { ok: false, errors }
  return { ok: true, profile: profile.data, items: items.filter((item) => item !== undefined) }
}
