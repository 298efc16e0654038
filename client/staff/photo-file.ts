const width = 240
const height = 320
const most = 20_000

/** A picture file as a small upright JPEG, as it goes on the badge; null when it is no picture or cannot be made small. */
export async function photoOf(file: File): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const [w, h] = [bitmap.width * scale, bitmap.height * scale]
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, (width - w) / 2, (height - h) / 2, w, h)
  bitmap.close()
  for (const quality of [0.8, 0.6, 0.4, 0.2]) {
    const url = canvas.toDataURL('image/jpeg', quality)
    if (url.length <= most) return url
  }
  return null
}
