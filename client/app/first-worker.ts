import { backOffMs } from '../sync/back-off.ts'

/** The waits between tries begin where four failures would have brought them. */
const calmFailures = 4

/**
 * The registration of our worker, once there is a worker. The first install fetches the whole app, all of it or nothing:
 * a network lost meanwhile undoes it, and the browser never tries again by itself. Until then no page opens offline (OFF-1).
 */
export async function firstWorker(
  register: () => Promise<ServiceWorkerRegistration>,
): Promise<ServiceWorkerRegistration> {
  for (let failures = 0; ; failures += 1) {
    const registration = await register().catch(unlessUnreachable)
    if (registration && (await isTaken(registration))) return registration
    await networkOr(backOffMs(failures + calmFailures, Math.random))
  }
}

/** A script that could not be fetched is asked for again; a browser that wants no worker says so to whoever looks. */
function unlessUnreachable(error: unknown): null {
  if (error instanceof TypeError) return null
  throw error
}

async function isTaken({ active, waiting, installing }: ServiceWorkerRegistration): Promise<boolean> {
  if (active ?? waiting) return true
  if (!installing) return false
  return new Promise((resolve) => {
    const look = () => {
      if (installing.state !== 'installing') resolve(installing.state !== 'redundant')
    }
    installing.addEventListener('statechange', look)
    look()
  })
}

/** The network is said to be back, or so much time has passed. */
async function networkOr(ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    window.addEventListener(
      'online',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
