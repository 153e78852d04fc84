import { readModel } from "../../src/checkpoint/nodeModelFolder.ts";
import { InferenceModel } from "../../src/decoding/inferenceModel.ts";
import { sourceReader } from "../../src/decoding/sourceInput.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import { UserError } from "../../src/tensor/errors.ts";
import { WordVectors } from "../../src/vectors/wordVectors.ts";

const atOnce = 128;

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
  const { sizes, weights, source } = await readModel(folder);
  const runtime = nodeRuntime({ threads });
  const model = await InferenceModel.create(runtime, sizes, weights);
  const reader = sourceReader(source, sizes);
  const rows: Float32Array[] = [];
  try {
    for (let start = 0; start < phrases.length; start += atOnce) {
      const some = phrases.slice(start, start + atOnce);
      const { memory } = await model.encodeSources(some.map((phrase) => reader.read(phrase).ids));
      const summary = memory["summary"];
      if (!summary) {
        throw new UserError(
          `${folder}: the model has no context of a whole phrase; train cho2014.`,
        );
      }
      rows.push(summary.data as Float32Array);
    }
  } finally {
    await model.release();
  }
  const size = (rows[0]?.length ?? 0) / Math.min(atOnce, phrases.length);
  const data = new Float32Array(phrases.length * size);
  rows.forEach((values, part) => {
    data.set(values, part * atOnce * size);
  });
  const table = { dtype: "float32", shape: [phrases.length, size], data } as const;
  return WordVectors.fromTable({ words: phrases, table, map: null }, runtime);
}
