/** The parts of a case number: window, day (for people only), lane of the tablet's stream, count within the stream. */
export interface CaseNumberParts {
  windowCode: string
  day: string
  lane: string
  n: number
}

/** `XS-261120-K7-5` (sync.md 1.5): final when printed, also offline, and unique without trusting any clock. */
export function formatCaseNumber({ windowCode, day, lane, n }: CaseNumberParts): string {
  return `${windowCode}-${day.slice(2).replaceAll('-', '')}-${lane}-${String(n)}`
}

/** The pattern of a case number. */
export const caseNumberPattern = /^[A-Z0-9]{2,4}-\d{6}-[A-Z0-9]{2,3}-[1-9]\d{0,8}$/

/** The lane inside a number; the server accepts only the lane of the stream that sends it (I17). */
export function laneOf(number: string): string {
  return number.split('-')[2] ?? ''
}
