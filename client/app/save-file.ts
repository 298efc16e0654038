/** Save text as a file of the browser's download folder; works offline. */
export function saveFile(text: string, name: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download reads it after this turn; a minute is long for any disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
