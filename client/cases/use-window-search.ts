import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Case, CaseState } from '../../shared/cases/index.ts'
import { kindWord, type Item } from '../../shared/catalogue/index.ts'
import { tabletStore } from '../local/db.ts'
import type { RowOf } from '../local/rows.ts'
import { findIn, searchVersion } from '../local/search.ts'
import type { SearchHit } from '../ui/types.ts'
import { maskNumber, stateWord } from './case-words.ts'
import { studentsIn } from './receive-students.ts'
import type { Student } from './outcome-acts.ts'
import { looksLikeNumber } from './receive-form.ts'

type Brief = ReturnType<typeof findIn>[number]

/** What a hit opens: a sheet, a case, or a new matter for a student seen before. */
export type Opened = { item: string } | { case: string } | { student: Student }

/** Hits under the window's search box, with the text they answer. */
export interface WindowSearch {
  hits: ShallowRef<SearchHit[]>
  answered: ShallowRef<string>
  openedBy(hit: SearchHit): Opened
}

const limit = 12
const studentsShown = 2

/** Search of the window screen: sheets, cases, and the students of those cases (a number finds the person first). */
export function useWindowSearch(text: Ref<string>, windowId: ComputedRef<string | null>): WindowSearch {
  const hits = shallowRef<SearchHit[]>([])
  const answered = shallowRef('')
  const students = shallowRef(new Map<string, Student>())
  const asked = computed(() => [text.value, searchVersion.value, windowId.value] as const)

  async function ask(): Promise<void> {
    const query = text.value
    const briefs =
      query.trim() === '' ? [] : findIn(query, { windowIds: windowId.value ? [windowId.value] : [], limit })
    const known = studentsIn(await casesOf(briefs)).filter((one) => isAbout(one, query))
    if (query !== text.value) return
    students.value = new Map(known.map((one) => [one.studentNo, one]))
    const people = known.slice(0, studentsShown).map((one): SearchHit => ({
      ...{ id: `student ${one.studentNo}`, title: `${one.name} · 办新的事项`, tag: '学生' },
      sub: `学号 ${maskNumber(one.studentNo)} · 上次办 ${one.lastItem}`,
    }))
    const others = briefs.map(hitOf)
    hits.value = looksLikeNumber(query) ? [...people, ...others] : [...others, ...people]
    answered.value = query
  }

  watch(asked, () => void ask(), { immediate: true })

  function openedBy({ id }: SearchHit): Opened {
    const [kind, key] = [id.slice(0, id.indexOf(' ')), id.slice(id.indexOf(' ') + 1)]
    if (kind === 'student') return { student: students.value.get(key) ?? { name: '', studentNo: key, phone: '' } }
    return kind === 'case' ? { case: key } : { item: key }
  }

  return { hits, answered, openedBy }
}

async function casesOf(briefs: readonly Brief[]): Promise<RowOf<Case>[]> {
  const ids = briefs.filter(({ kind }) => kind === 'case').map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await tabletStore().transact('read', ['view'], (tx) => tx.getMany('view', ids))
  return rows.flatMap((row) => (row ? [row as unknown as RowOf<Case>] : []))
}

function isAbout({ name, studentNo }: Student, query: string): boolean {
  const asked = query.trim()
  return studentNo.startsWith(asked) || name.includes(asked)
}

function hitOf({ id, kind, name, code, state, student }: Brief): SearchHit {
  if (kind === 'item')
    return { id: `item ${id}`, title: name, sub: `事项 ${code}`, tag: kindWord(state as Item['kind']) }
  const tag = stateWord(state as CaseState, null)
  return { id: `case ${id}`, title: name, sub: `办件 ${code} · ${student}`, tag }
}
