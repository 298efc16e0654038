/** Why the tablet could not keep or read something: no room, gone, made by a newer app, broken, or needed for acts unsent. */
export type StorageKind = 'full' | 'gone' | 'newer' | 'broken' | 'unsent'

const sentences: Record<StorageKind, string> = {
  full: '本机存储空间不足，这一步没有保存。填好的内容还在屏幕上，请先腾出空间再办。',
  gone: '本机的存储被清除了，这一步没有保存。请联系主管重新登记这台平板。',
  newer: '本机数据由更新的版本写成，这个页面太旧，现在只能看不能办。请更新应用后再办，数据都在。',
  broken: '本机存储打不开，这一步没有保存。请重新载入页面；还不行，请联系主管，不要清除浏览器数据。',
  unsent: '这个浏览器里还有没送到服务器的记录，不能换作别的设备。请先用原来的账号登录，等记录送完再换。',
}

/** A failed read or write of the tablet's store: the act is not done, and the screen says so (F29–F32). */
export class StorageFault extends Error {
  readonly kind: StorageKind
  /** What happened, what is safe, what to do: for the person at the window. */
  readonly sentence: string

  constructor(kind: StorageKind, cause?: unknown) {
    super(`storage: ${kind}`, { cause })
    this.name = 'StorageFault'
    this.kind = kind
    this.sentence = sentences[kind]
  }
}

const kinds: Record<string, StorageKind> = {
  QuotaExceededError: 'full',
  VersionError: 'newer',
  NotFoundError: 'gone',
  NoSuchDatabaseError: 'gone',
  MissingAPIError: 'broken',
  OpenFailedError: 'broken',
  DatabaseClosedError: 'broken',
  InvalidStateError: 'broken',
  UnknownError: 'broken',
  TimeoutError: 'broken',
  AbortError: 'broken',
  TransactionInactiveError: 'broken',
}

/** The fault behind an error of IndexedDB or Dexie, which hides the true cause in `inner`; null when it is another's. */
export function storageFaultOf(error: unknown): StorageFault | null {
  if (error instanceof StorageFault) return error
  const names = namesOf(error)
  if (names.includes('QuotaExceededError')) return new StorageFault('full', error)
  if (names.includes('VersionError')) return new StorageFault('newer', error)
  const known = names.find((name) => kinds[name])
  return known ? new StorageFault(kinds[known] ?? 'broken', error) : null
}

function namesOf(error: unknown): string[] {
  const names: string[] = []
  let node = error
  for (let depth = 0; depth < 5 && typeof node === 'object' && node !== null; depth += 1) {
    if ('name' in node && typeof node.name === 'string') names.push(node.name)
    node = 'inner' in node ? node.inner : undefined
  }
  return names
}
