/** A person who has signed in on this tablet: grant, wrapped key and wrong-PIN counter. */
export interface ActorRow {
  actorId: string
  name: string
  kind: 'staff' | 'student' | 'supervisor'
  grant: { text: string; sig: string }
  salt: string
  iv: string
  wrapped: string | null
  wrongPins: number
  waitUntil: number
}
