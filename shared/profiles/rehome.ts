import type { Profile, ProfileFile } from './profile.ts'

/** The hall a file is taken over by: its id and its own names. */
export interface Home {
  readonly hallId: string
  readonly hall: Profile['hall']
}

/**
 * Another hall's file as the beginning of one's own (新厅从最接近的规章配置开始): every rule, window and item stays, the
 * names and ids are the new hall's. Contacts are dropped, since they are the other school's.
 */
export function rehomed({ profile, items }: ProfileFile, { hallId, hall }: Home): ProfileFile {
  const { contact } = profile.settings
  return {
    profile: {
      ...{ ...profile, id: `${hallId}@1`, hallId, version: 1, hall },
      settings: { ...profile.settings, contact: { ...contact, value: { ...contact.value, phone: '', mailbox: '' } } },
    },
    items: items.map((item) => ({ ...item, hallId, id: `${hallId}:${item.code}@${String(item.version)}` })),
  }
}
