/** @file Faults as data, and what is said of each: in English by an error, in another language by a page. */

/** A sentence for each kind of fault. */
export type FaultSentences<Fault extends { readonly kind: string }> = {
  readonly [Kind in Fault["kind"]]: (fault: Fault & { readonly kind: Kind }) => string;
};

/** What is said of a fault. */
export function sentenceOf<Fault extends { readonly kind: string }>(
  sentences: FaultSentences<Fault>,
  fault: Fault,
): string {
  const sentence = sentences[fault.kind as Fault["kind"]] as (fault: Fault) => string;
  return sentence(fault);
}
