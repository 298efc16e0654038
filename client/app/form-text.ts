/** What stands in the fields of a page, a line each with its label, for a copy outside the tablet's own store (F29). */
export function formText(root: ParentNode): string {
  const lines: string[] = []
  for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    'input:not([type=hidden]):not([type=file]), textarea, select',
  )) {
    const value = valueOf(field)
    if (value !== '') lines.push(`${labelOf(field)}：${value}`)
  }
  return lines.join('\n')
}

function valueOf(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.textContent.trim() ?? ''
  const isTick = field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)
  if (isTick) return field.checked ? '✓' : ''
  return field.value.trim()
}

function labelOf(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): string {
  const label = field.labels?.[0]?.textContent ?? field.getAttribute('aria-label') ?? field.name
  return label.trim().replaceAll(/\s+/g, ' ')
}
