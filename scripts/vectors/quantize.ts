/**
 * Rounds each row to integers from −127 to 127, scaling its largest number to ±127. Only the direction of a row
 * matters, so no scale is stored: the reader normalises the row.
 */
export function quantizeRows(rows: readonly (readonly number[])[]): Int8Array<ArrayBuffer> {
  return Int8Array.from(
    rows.flatMap((row) => {
      const largest = Math.max(...row.map(Math.abs));
      return row.map((number) => Math.round((number / largest) * 127));
    }),
  );
}
