/** @file Compares hypotheses of different lengths. */

import type { SearchSettings } from "./options.ts";
import { searchDefaults } from "./options.ts";

/** The settings for ranking hypotheses, among them the exponent α and the weight β of GNMT's penalties. */
export type ScoringSettings = Pick<
  SearchSettings,
  "lengthNormalization" | "lengthPenalty" | "coveragePenalty"
>;

/** The divisor of the sum of log-probabilities: see {@link lengthPenalty}. */
export type LengthNormalization = ScoringSettings["lengthNormalization"];

/**
 * The divisor of the sum of log-probabilities, which keeps longer outputs from being at a disadvantage:
 *
 *     gnmt: lp(Y) = ((5 + |Y|) / 6)^α      average: |Y|      none: 1
 *
 * Wu et al. (2016), section 7, https://arxiv.org/abs/1609.08144.
 *
 * @param length |Y|, the number of tokens including the end.
 */
export function lengthPenalty(
  length: number,
  {
    lengthNormalization,
    lengthPenalty: alpha,
  }: Omit<ScoringSettings, "coveragePenalty"> = searchDefaults,
): number {
  if (lengthNormalization === "none") return 1;
  return lengthNormalization === "average" ? length : ((5 + length) / 6) ** alpha;
}

/**
 * The coverage penalty: 0 if every source token has received a total attention of at least 1, otherwise negative.
 *
 *     cp(X, Y) = Σ_i log(min(Σ_j p_ij, 1))
 *
 * Wu et al. (2016), section 7. A sum below 10⁻¹⁰ counts as 10⁻¹⁰, so that the penalty is finite.
 *
 * @param attention p, one row per target token, including the end.
 */
export function coveragePenalty(attention: readonly ArrayLike<number>[]): number {
  const sourceLength = attention[0]?.length ?? 0;
  let penalty = 0;
  for (let source = 0; source < sourceLength; source++) {
    let covered = 0;
    for (const row of attention) covered += row[source] as number;
    penalty += Math.log(Math.max(Math.min(covered, 1), 1e-10));
  }
  return penalty;
}
