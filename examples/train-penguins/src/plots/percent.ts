/** A share of 0 to 1 as a percentage of at most one decimal: `98.8 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
