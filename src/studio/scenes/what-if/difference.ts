/** @file Which tokens of two lines are the same. Pure. */

/** A place where two lines are compared; null where one of them has nothing. */
export interface Pair {
  readonly before: number | null;
  readonly after: number | null;
  readonly isSame: boolean;
}

/** Lays two lines side by side, so that as many tokens as possible stand against an equal one. */
export function compared(before: readonly string[], after: readonly string[]): Pair[] {
  const [rows, columns] = [before.length, after.length];
  // lengths[i][j]: the most equal tokens of before from i on, and of after from j on.
  const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      (lengths[row] as Uint16Array)[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: Pair[] = [];
  let removed: number[] = [];
  let added: number[] = [];
  const flush = (): void => {
    for (let place = 0; place < Math.max(removed.length, added.length); place++) {
      pairs.push({ before: removed[place] ?? null, after: added[place] ?? null, isSame: false });
    }
    [removed, added] = [[], []];
  };
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      flush();
      pairs.push({ before: row++, after: column++, isSame: true });
    } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
      removed.push(row++);
    } else added.push(column++);
  }
  flush();
  return pairs;
}
