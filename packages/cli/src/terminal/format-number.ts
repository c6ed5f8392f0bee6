/** A number for people: whole ones as they are, others with four significant digits (`0.9744`, `1234.57`, `1.2e-7`). */
export function formatNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return value.toPrecision(3).replace(/\.?0+(?=e|$)/, "");
  return String(Number(size < 1000 ? value.toPrecision(4) : value.toFixed(2)));
}
