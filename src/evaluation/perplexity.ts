/**
 * Yields the perplexity of a text under a model, exp(−log p / n): between how many equally likely
 * tokens the model wavers on average. 1 is the best; the size of the vocabulary is blind guessing.
 *
 * Perplexities compare only between models with the same tokens: a model over words and one over
 * characters divide the same text into different numbers of them.
 *
 * @param logProbability the natural logarithm of the probability of all tokens together.
 * @param tokenCount     the tokens predicted: with each sentence's end, without padding and beginning.
 * @throws RangeError if there are no tokens.
 */
export function perplexity(logProbability: number, tokenCount: number): number {
  if (!(tokenCount > 0)) throw new RangeError(`there is no perplexity of ${tokenCount} tokens`);
  return Math.exp(-logProbability / tokenCount);
}
