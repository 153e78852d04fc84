/** The size of a vector's cell unless another is given, in CSS pixels. */
export const cellSize = 13;

/** How broad a strip is unless another size is given. */
export const stripAcross = 22;

/** How long a strip of so many cells is. */
export function stripLength(cells: number, size: number = cellSize): number {
  return cells * size;
}
