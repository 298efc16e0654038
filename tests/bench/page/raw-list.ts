import type { Case } from '../../../shared/cases/index.ts'

/** The raw limit of a cold start: the same list read by IndexedDB itself, written into the page as plain links. */
function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('failed'))
  })
}

const db = await done(indexedDB.open('changkai'))
const place = db.transaction('view').objectStore('view').index('[kind+shelf+at]')
const range = IDBKeyRange.bound(['case', 'open'], ['case', 'open', []])
const rows = (await done(place.getAll(range, 50))) as { id: string; image: Case }[]

const links = rows.map(({ id, image }) => {
  const link = document.createElement('a')
  link.href = `/cases/${id}`
  link.textContent = `${image.itemName} ${String(image.pii.name)} ${image.number}`
  const line = document.createElement('p')
  line.append(link)
  return line
})
document.querySelector('main')?.append(...links)
