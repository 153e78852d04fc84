import type { InferenceModel } from "../decoding/inferenceModel.ts";
import { UserError } from "../tensor/errors.ts";
import { endId, paddingId, startId } from "../tensor/specialIds.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** A side of a model, with its own vocabulary. */
export type Side = "source" | "target";

/** A token whose embedding points in a similar direction. */
export interface EmbeddingNeighbour {
  readonly id: number;
  readonly token: string;
  /** The cosine between the two embeddings, from −1 to 1. */
  readonly similarity: number;
}

/** Ids that are not words; their embeddings are meaningless because they are never read. */
const special: ReadonlySet<number> = new Set([paddingId, startId, endId]);

/**
 * The tokens whose embeddings are nearest to Σ plus − Σ minus by cosine, nearest first.
 * The tokens of the sum, padding, start and end are excluded.
 *
 * @throws UserError if an id is not in the vocabulary, nothing is added, or `count` is not a valid number.
 */
export async function nearestEmbeddings(
  model: InferenceModel,
  { side, tokenizer }: { readonly side: Side; readonly tokenizer: TextTokenizer },
  { plus, minus }: { readonly plus: readonly number[]; readonly minus: readonly number[] },
  count: number,
): Promise<EmbeddingNeighbour[]> {
  const ids = [...plus, ...minus];
  if (ids.length === 0) throw new UserError("A sum of embeddings needs at least one id.");
  for (const id of ids) {
    if (!(Number.isInteger(id) && id >= 0 && id < tokenizer.size)) {
      throw new UserError(
        `There is no ${side} token ${id}; ids are whole numbers from 0 to ${tokenizer.size - 1}.`,
      );
    }
  }
  if (!Number.isInteger(count) || count < 1) {
    throw new UserError(`The number of neighbours is ${count}; give a whole number from 1.`);
  }
  const leftOut = new Set([...special, ...ids]);
  const signs = ids.map((_, index) => (index < plus.length ? 1 : -1));
  const nearest = await model.nearest(side, ids, signs, count + leftOut.size);
  return nearest.ids
    .map((id, rank) => ({
      id,
      token: tokenizer.tokenOf(id),
      similarity: nearest.similarities[rank] as number,
    }))
    .filter(({ id }) => !leftOut.has(id))
    .slice(0, count);
}
