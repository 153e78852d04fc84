/** @file The softmax over a whole vocabulary at any temperature, and what it tells about a choice. */

/** What softmax makes of the logits of one step. */
export interface Distribution {
  readonly temperature: number;
  readonly logits: ArrayLike<number>;
  /** The largest logit. It is subtracted from all, which changes no share and keeps powers small. */
  readonly largest: number;
  /** Σ e^((z − largest) / T) over the whole vocabulary; at least 1. */
  readonly sum: number;
  /** The share of each token, by id; together 1. */
  readonly shares: Float64Array;
}

/**
 * The softmax of logits divided by a temperature, in double precision:
 *
 *     p_i = e^((z_i − max z) / T) / Σ_j e^((z_j − max z) / T)
 */
export function distributionOf(logits: ArrayLike<number>, temperature: number): Distribution {
  let largest = Number.NEGATIVE_INFINITY;
  for (let id = 0; id < logits.length; id++) largest = Math.max(largest, logits[id] as number);
  const shares = new Float64Array(logits.length);
  let sum = 0;
  for (let id = 0; id < logits.length; id++) {
    const power = Math.exp(((logits[id] as number) - largest) / temperature);
    shares[id] = power;
    sum += power;
  }
  for (let id = 0; id < shares.length; id++) shares[id] = (shares[id] as number) / sum;
  return { temperature, logits, largest, sum, shares };
}

/** e^((z − largest) / T) of a token: how many times as probable as the best it is. */
export function powerOf({ logits, largest, temperature }: Distribution, id: number): number {
  return Math.exp(((logits[id] as number) - largest) / temperature);
}

/** −Σ p log₂ p, in bits: 0 if one token is certain, log₂ of their number if all are alike. */
export function entropyOf({ shares }: Distribution): number {
  let bits = 0;
  for (const share of shares) if (share > 0) bits -= share * Math.log2(share);
  return Math.max(0, bits);
}

/** The ids of a vocabulary from the largest logit down; equal ones by id. */
export function rankedIds(logits: ArrayLike<number>): Uint32Array {
  const ids = Uint32Array.from({ length: logits.length }, (_, id) => id);
  return ids.sort(
    (one, other) => (logits[other] as number) - (logits[one] as number) || one - other,
  );
}

/** The place of a token among all, from 1 for the largest logit; equal ones by id. */
export function rankOf(logits: ArrayLike<number>, id: number): number {
  const own = logits[id] as number;
  let rank = 1;
  for (let other = 0; other < logits.length; other++) {
    const logit = logits[other] as number;
    if (logit > own || (logit === own && other < id)) rank++;
  }
  return rank;
}

/** What the first tokens of a ranking have together: one number more each time, up to 1. */
export function cumulated({ shares }: Distribution, ids: Uint32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(ids, (id) => {
    sum += shares[id] as number;
    return sum;
  });
}

/** How many of the first tokens it takes to have at least a share together. */
export function countFor(share: number, sums: Float64Array): number {
  const found = sums.findIndex((sum) => sum >= share);
  return found < 0 ? sums.length : found + 1;
}
