import type { Secrets } from './cluster.ts'
import { openClient } from './pg.ts'
import { superAddress } from './postmaster.ts'

/**
 * Makes the two roles and the database if they are missing: initdb's superuser is used for nothing else. Each step is
 * looked up before it is done, so a kill between two of them does no harm.
 */
export const prepareDatabase = async (port: number, secrets: Secrets, database: string): Promise<void> => {
  const url = superAddress(port, { secrets })
  const client = openClient(url, { max: 1, statementTimeoutMs: 0, name: 'changkai-roles' })
  const has = async (what: 'role' | 'database', name: string): Promise<boolean> => {
    const rows =
      what === 'role'
        ? await client`select 1 from pg_roles where rolname = ${name}`
        : await client`select 1 from pg_database where datname = ${name}`
    return rows.length > 0
  }
  try {
    // The passwords are hex of our own making; a role's password cannot be a parameter.
    if (!(await has('role', 'hall_owner')))
      await client.unsafe(`create role hall_owner login password '${secrets.hallOwner}'`)
    if (!(await has('role', 'hall_app')))
      await client.unsafe(`create role hall_app login password '${secrets.hallApp}'`)
    if (!(await has('database', database))) await client.unsafe(`create database "${database}" owner hall_owner`)
    await client.unsafe(
      `revoke all on database "${database}" from public; grant connect on database "${database}" to hall_app`,
    )
  } finally {
    await client.end({ timeout: 5 })
  }
}
