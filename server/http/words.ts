import type { PrintedSignIns } from '../seed/index.ts'
import type { Settings } from '../settings.ts'

const isLocal = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host)

/** The address to open. A server that listens everywhere is named by localhost, which works on this machine. */
export const addressOf = ({ host, tls }: Settings, port: number): string => {
  const shown = isLocal(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const name = shown.includes(':') ? `[${shown}]` : shown
  return `${tls ? 'https' : 'http'}://${name}:${String(port)}`
}

/** Lines printed when the server listens. */
export const listeningWords = (settings: Settings, port: number): string[] => [
  '',
  `常开窗口已启动 Changkai is running: ${addressOf(settings, port)}`,
  ...(isLocal(settings.host) || settings.tls
    ? []
    : [
        '注意：浏览器只给 HTTPS 或 localhost 离线能力。别的设备用这个地址打不开离线功能，请设置 TLS_CERT 和 TLS_KEY。',
        'Note: browsers allow offline work on HTTPS or localhost only. For other devices set TLS_CERT and TLS_KEY.',
      ]),
]

/** The sign-ins of a demo hall, shown once. */
export const signInWords = (shown: PrintedSignIns, address: string): string[] => [
  '',
  `示例账号，只显示这一次 Demo sign-ins, shown only this once — ${shown.hallName} · ${shown.windowName}`,
  ...shown.people.map(({ label, login, password }) => `  ${login.padEnd(12)}  ${password}   ${label}`),
  '平板登记链接，只能用一次，24 小时内有效 Enrolment link for the first tablet, one use, 24 hours:',
  `  ${address}/enrol#${shown.code}`,
  '其他厅的示例账号，停下后运行 Demo sign-ins of another hall, after a stop:  npm start -- --demo ssc   (nbu ssc szit zjj szu)',
  '',
]

/** What stands in the way of listening, in one sentence. */
export const listenFault = (error: unknown, { host, port }: Settings): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return `端口 ${String(port)} 已被占用，请停掉占用它的程序，或换一个 PORT。Port ${String(port)} is in use: stop what uses it, or set another PORT.`
  }
  if (code === 'EACCES')
    return `没有权限使用端口 ${String(port)}，请换 1024 以上的 PORT。No permission for port ${String(port)}: set a PORT above 1024.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `本机没有地址 ${host}，请检查 HOST。This machine has no address ${host}: check HOST.`
  }
  return `无法启动 Cannot start: ${error instanceof Error ? error.message : String(error)}`
}
