const INPUT_METHOD = 229

/** True for a key that belongs to an input method: it chooses Chinese words and must never open or send anything (X27). */
export function isComposing(event: KeyboardEvent): boolean {
  // Safari ends the composition before its last Enter arrives; only the old code still tells.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other field carries this in Safari
  return event.isComposing || event.keyCode === INPUT_METHOD
}
