/** A sentence and its translation as words. */
export interface WordPair {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** Translation probabilities of words. */
export interface Lexicon {
  /** t(target | source); 0 for words that never occur in the same pair. */
  probability(source: string, target: string): number;
  /** The probability of a target word under the empty source word. */
  emptyProbability(target: string): number;
  /** The most probable translation of each source word, and its probability. */
  best(): Map<string, { readonly target: string; readonly probability: number }>;
}

/** The source of target words that translate no word; no real word is empty. */
const empty = "";

/**
 * Learns word translation probabilities with IBM model 1, by expectation maximisation.
 *
 *     c(t | s) += t(t | s) / Σ_s' t(t | s')   over all pairs;   t(t | s) = c(t | s) / Σ_t' c(t' | s)
 *
 * where the sum over s' includes the empty word. Brown et al. (1993), section 4.1,
 * https://aclanthology.org/J93-2003. It starts from equal probabilities; its maximum is unique.
 *
 * @param iterations the number of iterations; five are usual.
 */
export function learnLexicon(pairs: readonly WordPair[], iterations = 5): Lexicon {
  let table = new Map<string, Map<string, number>>();
  const of = (source: string, target: string): number => table.get(source)?.get(target) ?? 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const counts = new Map<string, Map<string, number>>();
    const isFirst = iteration === 0;
    for (const { source, target } of pairs) {
      const causes = [empty, ...source];
      const rows = causes.map((word) => rowOf(counts, word));
      const known = causes.map((word) => table.get(word));
      for (const word of target) {
        const shares = known.map((row) => (isFirst ? 1 : (row?.get(word) ?? 0)));
        const sum = shares.reduce((total, share) => total + share, 0);
        shares.forEach((share, index) => {
          const row = rows[index] as Map<string, number>;
          row.set(word, (row.get(word) ?? 0) + share / sum);
        });
      }
    }
    for (const row of counts.values()) {
      const sum = [...row.values()].reduce((total, count) => total + count, 0);
      for (const [word, count] of row) row.set(word, count / sum);
    }
    table = counts;
  }
  return {
    probability: of,
    emptyProbability: (target) => of(empty, target),
    best: () =>
      new Map(
        [...table].filter(([word]) => word !== empty).map(([word, row]) => [word, bestOf(row)]),
      ),
  };
}

function rowOf(counts: Map<string, Map<string, number>>, word: string): Map<string, number> {
  const known = counts.get(word);
  if (known) return known;
  const row = new Map<string, number>();
  counts.set(word, row);
  return row;
}

function bestOf(row: ReadonlyMap<string, number>): { target: string; probability: number } {
  let best = { target: "", probability: -1 };
  for (const [target, probability] of row) {
    if (probability > best.probability) best = { target, probability };
  }
  return best;
}
