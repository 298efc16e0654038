function nextRow(row: Element, step: 1 | -1): Element | undefined {
  const rows = [...(row.parentElement?.children ?? [])].filter((el) => el.matches('[data-step]'))
  return rows[rows.indexOf(row) + step]
}

/**
 * Arrow keys between rows: from a control inside `[data-step]` to the same kind of control in the row before or after.
 * Rows are the `[data-step]` children of one parent; at either end the key does nothing.
 */
export function stepBetween(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (!(event.target instanceof HTMLElement)) return
  const row = event.target.closest('[data-step]')
  const next = row === null ? undefined : nextRow(row, event.key === 'ArrowDown' ? 1 : -1)
  if (next === undefined) return
  event.preventDefault()
  const target = next.matches('a, button') ? next : next.querySelector(event.target.tagName)
  if (target instanceof HTMLElement) target.focus()
}
