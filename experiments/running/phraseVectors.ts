import { Seq2Seq } from "../../src/library/seq2seq.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import { UserError } from "../../src/tensor/errors.ts";
import { WordVectors } from "../../src/vectors/wordVectors.ts";

/**
 * What a model without attention makes of whole phrases: the one context c that its decoder gets (Cho et al.
 * 2014, section 2.2), as vectors among which the nearest can be asked for.
 *
 * @param phrases each once.
 * @throws UserError if the model makes no such context.
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
      throw new UserError(`${folder}: the model has no context of a whole phrase; train cho2014.`);
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
