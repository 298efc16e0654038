import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const sizes = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
]

/**
 * What axe finds on the page by WCAG 2.2 A and AA, and whether it must be scrolled sideways, in three sizes; leaves it at
 * `back`. With a name each size is kept as a picture, where SHOTS names a folder.
 */
export async function axeFaults(
  page: Page,
  { name, back = { width: 1280, height: 800 } }: { name?: string; back?: { width: number; height: number } } = {},
): Promise<string[]> {
  const found: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    const folder = process.env.SHOTS
    if (name && folder) await page.screenshot({ path: `${folder}/${name}-${String(size.width)}.png` })
    await page.evaluate(axe)
    const { violations } = await page.evaluate(
      (tags) => (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run({ runOnly: tags }),
      levels,
    )
    for (const { id, nodes } of violations)
      found.push(`${String(size.width)}: ${id} ${nodes[0]?.target.join(' ') ?? ''}`)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) found.push(`${String(size.width)}: scrolls sideways by ${String(overflow)} px`)
  }
  await page.setViewportSize(back)
  return found
}
