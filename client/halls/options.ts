/** One of a list to pick or tick. */
export interface Option {
  value: string
  label: string
}
