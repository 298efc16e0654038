import { isClientStopped, wantedClients } from '../../shared/core/releases.ts'

const prefix = 'changkai '

/** The name of a build's cache: its version, and a mark of exactly these files. */
export function buildName(version: string, manifest: readonly { url: string; revision: string | null }[]): string {
  return `${prefix}${version} ${mark(manifest.map(({ url, revision }) => `${url} ${revision ?? ''}`).join('\n'))}`
}

/** FNV-1a, 32 bits: names are told apart, nothing is proved by it. */
function mark(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

/** The builds kept here other than this one, oldest first: a browser lists caches as they were made. */
function otherBuilds(names: readonly string[], thisBuild: string): string[] {
  return names.filter((name) => name.startsWith(prefix) && name !== thisBuild)
}

/** The build that was here before this one; null when there was none. */
export function newestBuild(names: readonly string[], thisBuild: string): string | null {
  return otherBuilds(names, thisBuild).at(-1) ?? null
}

/** Builds nobody can be using any more: all but this one and the one before it, whose pages may still be open. */
export function buildsToDrop(names: readonly string[], thisBuild: string): string[] {
  return otherBuilds(names, thisBuild).slice(0, -1)
}

/** Whether the server, by its `/version`, has stopped the version of a build. */
export function isStopped(build: string, said: unknown): boolean {
  return isClientStopped(build.slice(prefix.length).split(' ')[0] ?? '', wantedClients(said))
}
