import { nbuItems } from './items/nbu.ts'
import { sscItems } from './items/ssc.ts'
import { szitItems } from './items/szit.ts'
import { szuItems } from './items/szu.ts'
import { zjjItems } from './items/zjj.ts'
import { nbuProfile } from './nbu.ts'
import type { ProfileFile } from './profile.ts'
import { sscProfile } from './ssc.ts'
import { szitProfile } from './szit.ts'
import { szuProfile } from './szu.ts'
import { zjjProfile } from './zjj.ts'

/** The five halls the product ships with, in the order of their documents. */
export const hallIds = ['nbu', 'ssc', 'szit', 'zjj', 'szu'] as const

/** One of the shipped halls. */
export type HallId = (typeof hallIds)[number]

/** Profile and catalogue of each shipped hall; only the server reads this, tablets get images. */
export const halls: Record<HallId, ProfileFile> = {
  nbu: { profile: nbuProfile, items: nbuItems },
  ssc: { profile: sscProfile, items: sscItems },
  szit: { profile: szitProfile, items: szitItems },
  zjj: { profile: zjjProfile, items: zjjItems },
  szu: { profile: szuProfile, items: szuItems },
}
