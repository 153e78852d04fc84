/** Up to this number each has a graph of its own; usual beams have less. */
const mostExact = 16;

/**
 * The number of best tokens that a step's graph finds, of which a search uses those it wants. Each number needs its own
 * graph, with its own copy of the weights, so that large ones are rounded up.
 *
 * @param wanted 0 for all log-probabilities.
 */
export function graphCandidates(wanted: number, vocabulary: number): number {
  return wanted <= mostExact ? wanted : Math.min(vocabulary, 2 ** Math.ceil(Math.log2(wanted)));
}
