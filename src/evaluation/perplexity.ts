/**
 * Returns the perplexity of a text under a model, exp(−log p / n): the number of equally likely
 * tokens among which the model hesitates on average. 1 is the best; blind guessing gives the vocabulary size.
 *
 * Perplexities are comparable only between models with the same tokens: a word model and a character
 * model split the same text into different numbers of them.
 *
 * @param logProbability the natural logarithm of the joint probability of all tokens.
 * @param tokenCount     the number of predicted tokens: with the end of each sentence, without padding and start.
 * @throws RangeError if there are no tokens.
 */
export function perplexity(logProbability: number, tokenCount: number): number {
  if (!(tokenCount > 0)) throw new RangeError(`there is no perplexity of ${tokenCount} tokens`);
  return Math.exp(-logProbability / tokenCount);
}
