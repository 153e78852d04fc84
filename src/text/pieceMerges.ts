import { PairQueue } from "./pairQueue.ts";
import { isSpecialToken } from "./specialTokens.ts";

/** Two adjacent pieces that become one. */
export type Merge = [left: string, right: string];

/** Pairs of symbols are numbered left × 2²⁴ + right, which a double holds exactly. */
const radix = 2 ** 24;

/** The maximum number of characters in memory; the rarest words beyond it are dropped. */
const maxCharacters = 16_000_000;

/** Where a pair of symbols occurs in the words, and its count in the corpus. */
interface PairUse {
  count: number;
  /** Start positions of the pair when it was recorded; some may have been merged since. */
  readonly positions: number[];
}

/**
 * Learns byte-pair merges: repeatedly merges the most frequent pair of adjacent symbols into a new symbol.
 * Each merge updates only the counts of adjacent pairs, so the time depends on the merges and not on the
 * corpus size. Ties are decided by the order of the alphabet, then by the order in which pieces were made.
 *
 *
 * Sennrich, Haddow and Birch (2016), §3.2, https://arxiv.org/abs/1508.07909.
 *
 * @param words    the count of each word, most frequent first; no merge crosses two words.
 * @param alphabet the initial symbols; other characters take part in no merge.
 * @param pieces   the number of new symbols; fewer are made once no pair occurs twice.
 * @returns the new symbols and the merges, both in order of creation.
 */
export function learnMerges(
  words: readonly (readonly [word: string, count: number])[],
  alphabet: readonly string[],
  pieces: number,
): { pieces: string[]; merges: Merge[] } {
  const text = new MergedText(words, alphabet);
  const merges: Merge[] = [];
  const isLearned = new Set<number>();
  while (text.spellings.length - alphabet.length < pieces) {
    const pair = text.mostFrequentPair();
    if (pair === undefined) break;
    const merge: Merge = [text.left(pair), text.right(pair)];
    // A piece spelled like a special token would share its id.
    if (isSpecialToken(merge.join(""))) continue;
    text.merge(pair);
    if (!isLearned.has(pair)) merges.push(merge);
    isLearned.add(pair);
  }
  return { pieces: text.spellings.slice(alphabet.length), merges };
}

/** All distinct words as one chain of symbols that are merged in place. */
class MergedText {
  /** The text of each symbol. */
  readonly spellings: string[];
  private readonly symbolOf: Map<string, number>;
  /** The symbol at each position; negative if it is unknown or part of the previous one. */
  private readonly symbols: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly weight: Float64Array;
  private readonly uses: Map<number, PairUse> = new Map();
  private readonly queue: PairQueue = new PairQueue();
  /** The pairs whose count has grown since they were last queued. */
  private readonly grown: Set<number> = new Set();

  constructor(words: readonly (readonly [string, number])[], alphabet: readonly string[]) {
    this.spellings = [...alphabet];
    this.symbolOf = new Map(alphabet.map((character, symbol) => [character, symbol]));
    const units = words.reduce((sum, [word]) => sum + word.length, 0);
    const size = Math.min(units, maxCharacters);
    this.symbols = new Int32Array(size).fill(-1);
    this.next = new Int32Array(size).fill(-1);
    this.previous = new Int32Array(size).fill(-1);
    this.weight = new Float64Array(size);
    let position = 0;
    for (const [word, count] of words) {
      if (position + word.length > size) break;
      position = this.append(word, count, position);
    }
    this.queueGrown();
  }

  left(pair: number): string {
    return this.spellings[Math.floor(pair / radix)] as string;
  }

  right(pair: number): string {
    return this.spellings[pair % radix] as string;
  }

  /** Returns the most frequent pair that occurs at least twice. */
  mostFrequentPair(): number | undefined {
    for (;;) {
      const first = this.queue.pop();
      if (first === undefined) return undefined;
      const count = this.uses.get(first.pair)?.count ?? 0;
      if (count === first.count) return count >= 2 ? first.pair : undefined;
      if (count > 0 && count < first.count) this.queue.push(first.pair, count);
    }
  }

  /** Merges every occurrence of a pair into one symbol, from left to right. */
  merge(pair: number): void {
    const left = Math.floor(pair / radix);
    const right = pair % radix;
    const merged = this.symbolFor(this.left(pair) + this.right(pair));
    const positions = this.uses.get(pair)?.positions ?? [];
    if (left === right) positions.sort((a, b) => a - b);
    for (const position of positions) {
      const second = this.next[position] as number;
      if (this.symbols[position] !== left || this.symbolAt(second) !== right) continue;
      const weight = this.weight[position] as number;
      const before = this.previous[position] as number;
      const after = this.next[second] as number;
      this.change(this.symbolAt(before), left, -weight, before);
      this.change(this.symbolAt(before), merged, weight, before);
      this.change(right, this.symbolAt(after), -weight, second);
      this.change(merged, this.symbolAt(after), weight, position);
      this.symbols[position] = merged;
      this.symbols[second] = -1;
      this.next[position] = after;
      if (after >= 0) this.previous[after] = position;
    }
    this.uses.delete(pair);
    this.grown.delete(pair);
    this.queueGrown();
  }

  private append(word: string, count: number, start: number): number {
    let position = start;
    for (const character of word) {
      this.symbols[position] = this.symbolOf.get(character) ?? -1;
      this.weight[position] = count;
      if (position > start) {
        this.previous[position] = position - 1;
        this.next[position - 1] = position;
        const before = this.symbolAt(position - 1);
        this.change(before, this.symbolAt(position), count, position - 1);
      }
      position++;
    }
    return position;
  }

  private symbolAt(position: number): number {
    return this.symbols[position] ?? -1;
  }

  private symbolFor(spelling: string): number {
    const known = this.symbolOf.get(spelling);
    if (known !== undefined) return known;
    this.symbolOf.set(spelling, this.spellings.length);
    return this.spellings.push(spelling) - 1;
  }

  private change(left: number, right: number, weight: number, position: number): void {
    if (left < 0 || right < 0) return;
    const pair = left * radix + right;
    let use = this.uses.get(pair);
    if (use === undefined) {
      if (weight < 0) return;
      use = { count: 0, positions: [] };
      this.uses.set(pair, use);
    }
    use.count += weight;
    if (weight < 0) return;
    use.positions.push(position);
    this.grown.add(pair);
  }

  private queueGrown(): void {
    for (const pair of this.grown) {
      const count = this.uses.get(pair)?.count ?? 0;
      if (count > 0) this.queue.push(pair, count);
    }
    this.grown.clear();
  }
}
