/** Have the browser keep text or bytes as a file of its download folder; works offline. */
export function saveFile(content: Blob | string, name: string, type = 'application/json'): void {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download reads it after this turn; a minute is long for any disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Have the browser keep text as .csv. */
export const saveCsvText = (text: string, name: string): void => saveFile(text, name, 'text/csv;charset=utf-8')
