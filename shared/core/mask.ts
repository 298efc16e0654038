/** `20240117` → `2024****17`: enough to tell two students apart, not enough to use (REF-PRIV). */
export function maskNumber(number: string): string {
  if (number.length <= 4) return number
  if (number.length <= 6) return `${number.slice(0, 2)}****`
  return `${number.slice(0, 4)}****${number.slice(-2)}`
}

/** `13800001234` → `138****1234`. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? phone.replace(/.(?=.{2})/g, '*') : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}
