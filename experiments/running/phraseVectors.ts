import { Seq2Seq } from "../../src/library/seq2seq.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import { UserError } from "../../src/tensor/errors.ts";
import { WordVectors } from "../../src/vectors/wordVectors.ts";

/**
 * Vectors of whole phrases from a model without attention: the single context c that its decoder receives (Cho
 * et al. 2014, section 2.2), with nearest-neighbour search.
 *
 * @param phrases distinct phrases.
 * @throws UserError if the model has no such context.
 */
export async function phraseVectors(
  folder: string,
  phrases: readonly string[],
  threads: number,
): Promise<WordVectors> {
  const model = await Seq2Seq.load(folder, { threads });
  try {
    const { summary } = await model.encode(phrases);
    if (!summary) {
      throw new UserError(
        `${folder}: the model has no context vector for a whole phrase; train cho2014.`,
      );
    }
    const table = { dtype: "float32", ...summary } as const;
    return await WordVectors.fromTable(
      { words: phrases, table, map: null },
      nodeRuntime({ threads }),
    );
  } finally {
    await model.release();
  }
}
