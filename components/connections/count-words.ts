const format = new Intl.NumberFormat("en");

/** A count with its noun: `1 calendar`, `1,288 events`. */
export function countOf(amount: number, noun: string): string {
  return `${format.format(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}
