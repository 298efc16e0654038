import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for a test's Postgres, open to the user that Postgres runs as when the tests run as root. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'changkai-'))
  chmodSync(folder, 0o755)
  return folder
}
