import { largestOf } from "../tensor/extremes.ts";
import type { Random } from "../tensor/random.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { Candidate } from "./beam.ts";

/** float32 `[batch, 1, 1]`: a number between 0 and 1 from each stream, one half for null. */
export function uniformValue(streams: readonly (Random | null)[]): TensorValue {
  // The middle of one of 2²³ equal parts, which is exact in float32: never 0 and never 1.
  const numbers = streams.map((random) =>
    random === null ? 0.5 : ((random.nextUint32() >>> 9) + 0.5) / 2 ** 23,
  );
  return { dtype: "float32", shape: [numbers.length, 1, 1], data: Float32Array.from(numbers) };
}

/** Samples one of several candidates by softmax(log p / T) over them. */
export function drawCandidate(
  candidates: readonly Candidate[],
  random: Random,
  temperature: number,
): Candidate[] {
  const highest = largestOf(candidates.map(({ logProbability }) => logProbability));
  const weights = candidates.map(({ logProbability }) =>
    Math.exp((logProbability - highest) / temperature),
  );
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = candidates.find((_, index) => {
    left -= weights[index] as number;
    return left < 0;
  });
  const chosen = drawn ?? candidates[0];
  return chosen ? [chosen] : [];
}
