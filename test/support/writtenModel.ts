import type { ConfigurationChanges } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { Random } from "../../src/tensor/random.ts";
import { tensorValue } from "../../src/tensor/value.ts";
import { learnCharacters } from "../../src/text/characterLearner.ts";
import { TextTokenizer } from "../../src/text/tokenizer.ts";
import { folderStorage } from "../../src/training/node/folderStorage.ts";
import { writeModel, writeTokenizers } from "../../src/training/storage/model.ts";

/**
 * Writes the folder of a small letter model with random weights: quick to make, useless for translation. Source
 * and target can use other letters, or vocabularies of their own.
 */
export async function writeRandomModel(
  folder: string,
  changes: ConfigurationChanges = {},
  seed = 1,
  letters: {
    readonly source?: string | TextTokenizer;
    readonly target?: string | TextTokenizer;
  } = {},
): Promise<void> {
  const tokenizerOf = (spelled: string | TextTokenizer = "abcdefghijklmnopqrstuvwxyz.,") =>
    typeof spelled === "string"
      ? TextTokenizer.fromJson(learnCharacters(new Map([[spelled, 1]])), "random")
      : spelled;
  const [source, target] = [tokenizerOf(letters.source), tokenizerOf(letters.target)];
  const sizes = {
    ...configure("luong2015", { hidden: 16, embedding: 8, ...changes }),
    sourceVocabulary: source.size,
    targetVocabulary: target.size,
  };
  const random = new Random(seed);
  const weights = new Map(
    parametersOf(sizes).map(({ name, shape }) => {
      const count = shape.reduce((product, size) => product * size, 1);
      const values = Array.from({ length: count }, () => random.normal());
      return [name, tensorValue("float32", shape, values)] as const;
    }),
  );
  const storage = folderStorage(folder);
  await writeTokenizers(storage, { source, target });
  await writeModel(storage, { sizes, weights, source, target, summary: null });
}
