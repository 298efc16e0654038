import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const fonts = join(import.meta.dirname, '../../node_modules/@expo-google-fonts/zcool-xiaowei/400Regular')

/**
 * A fontconfig file that adds one Chinese font from the development packages to what the machine has: without any,
 * Chromium prints boxes and the text of its PDFs is lost. Returns the file's path, for FONTCONFIG_FILE.
 */
export function chineseFonts(): string {
  const folder = join(tmpdir(), `changkai-fonts-${String(process.getuid?.() ?? 0)}`)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'fonts.conf')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${fonts}</dir>
<cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`,
  )
  return file
}
