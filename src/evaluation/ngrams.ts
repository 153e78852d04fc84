/** How often each n-gram occurs, by the n-gram's text. */
export type NgramCounts = ReadonlyMap<string, number>;

/**
 * Counts the n-grams of a sequence: element n - 1 of the result has the counts of order n.
 *
 * @param separator joins the units in an n-gram's text; it must not occur in a unit.
 */
export function countNgrams(
  units: readonly string[],
  maxOrder: number,
  separator: "" | " ",
): NgramCounts[] {
  const counts = Array.from({ length: maxOrder }, () => new Map<string, number>());
  for (let start = 0; start < units.length; start++) {
    let ngram = "";
    for (const [index, ofOrder] of counts.entries()) {
      const unit = units[start + index];
      if (unit === undefined) break;
      ngram = index === 0 ? unit : ngram + separator + unit;
      ofOrder.set(ngram, (ofOrder.get(ngram) ?? 0) + 1);
    }
  }
  return counts;
}

/** Returns the number of n-grams, with repetitions. */
export function totalOf(counts: NgramCounts): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Returns the number of common n-grams: each counts with the smaller of its two counts. */
export function matchesOf(counts: NgramCounts, others: NgramCounts): number {
  let matches = 0;
  for (const [ngram, count] of counts) matches += Math.min(count, others.get(ngram) ?? 0);
  return matches;
}
