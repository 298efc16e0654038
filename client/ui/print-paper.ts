const MM_PER_PX = 25.4 / 96

let slipPage: CSSStyleSheet | undefined

/** Height of an 80 mm slip in whole millimetres, with 2 mm to spare so that rounding never makes a second page. */
function slipHeight(px: number): number {
  return Math.ceil(px * MM_PER_PX) + 2
}

/** No browser takes an automatic page height: the slip is measured and its page named so long (CSSOM, so CSP holds). */
function fitSlipPage(slip: HTMLElement): void {
  slipPage ??= new CSSStyleSheet()
  slipPage.replaceSync(`@page slip { size: 80mm ${String(slipHeight(slip.offsetHeight))}mm; margin: 0 }`)
  if (!document.adoptedStyleSheets.includes(slipPage)) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, slipPage]
  }
}

/** Prints the papers of one size lying on the desk; true once the print window was opened. */
export function printPaper(desk: HTMLElement, size: 'a4' | 'slip'): boolean {
  const paper = desk.querySelector<HTMLElement>(`.paper.${size}`)
  if (paper === null) return false
  if (size === 'slip') fitSlipPage(paper)
  desk.dataset.print = size
  window.print()
  return true
}
