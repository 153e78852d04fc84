/**
 * Rounds each row to whole numbers from −127 to 127, its largest number to ±127. What counts is a row's
 * direction, so that no factor has to be kept: the reader divides it by its length.
 */
export function quantizeRows(rows: readonly (readonly number[])[]): Int8Array<ArrayBuffer> {
  return Int8Array.from(
    rows.flatMap((row) => {
      const largest = Math.max(...row.map(Math.abs));
      return row.map((number) => Math.round((number / largest) * 127));
    }),
  );
}
