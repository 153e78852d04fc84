/** Writes a count with its thousands apart, the same in both languages. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
