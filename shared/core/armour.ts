const dangerous = /^'*[=+\-@\t\r\0]/

/** Text as it goes into a cell: what a spreadsheet would run as a formula gets an apostrophe before it (X9). */
export function armoured(text: string): string {
  return dangerous.test(text) ? `'${text}` : text
}

/** The reverse of `armoured`: takes off exactly the apostrophe that it put on. */
export function unarmoured(text: string): string {
  return text.startsWith("'") && dangerous.test(text.slice(1)) ? text.slice(1) : text
}

const quoted = (text: string): string => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows as CSV, every cell armoured; the reader of the file sees what people wrote. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => quoted(armoured(cell))).join(',')).join('\r\n') + '\r\n'
}
