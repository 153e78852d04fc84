/** @file The folder of a model as ONNX files. */

import type { ModelContent } from "../modelFolder/modelFolder.ts";
import { tokenizerFiles } from "../modelFolder/modelFolder.ts";
import { UserError } from "../tensor/errors.ts";
import { elementCount } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import type { StandaloneFormat } from "./models.ts";
import { standaloneModels } from "./models.ts";
import { standaloneReadme } from "./readme.ts";

/** How to write the files. */
export interface StandaloneOptions {
  /** The name of the model in the README. */
  readonly title: string;
  readonly format: StandaloneFormat;
  /** The width of `beam.onnx`; 1 for none. */
  readonly beam: number;
}

/** The most bytes of one ONNX file: protobuf's limit, less what graphs take besides weights. */
const mostBytes = 2 ** 31 - 2 ** 24;

/**
 * Returns the files of a model by their names: `encoder.onnx`, `step.onnx`, `greedy.onnx`, `beam.onnx` unless the beam is 1,
 * the tokenizers and a README.
 *
 * @throws UserError if the weights do not fit into one file.
 */
export function standaloneFiles(
  model: ModelContent,
  { title, format, beam }: StandaloneOptions,
): Map<string, Uint8Array> {
  checkSize(model, format);
  const { sizes, source, target } = model;
  const models = standaloneModels(model, { format, beam });
  const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);
  const json = (tokenizer: TextTokenizer): Uint8Array =>
    encoded(`${JSON.stringify(tokenizer.toJson())}\n`);
  return new Map([
    ...Object.values(models).map(({ name, bytes }) => [`${name}.onnx`, bytes] as const),
    ...(sizes.sourceInput === "tokens" ? [[tokenizerFiles.source, json(source)] as const] : []),
    [tokenizerFiles.target, json(target)],
    [
      "README.md",
      encoded(standaloneReadme({ title, sizes, format, beam, models, source, target })),
    ],
  ]);
}

function checkSize({ weights }: ModelContent, format: StandaloneFormat): void {
  const numbers = Array.from(weights.values(), ({ shape }) => elementCount(shape));
  const bytes = numbers.reduce((sum, count) => sum + count, 0) * (format === "int8" ? 1 : 4);
  if (bytes <= mostBytes) return;
  const remedy =
    format === "int8" ? "train a smaller one" : "export it as int8, or train a smaller one";
  throw new UserError(
    `The weights of this model take ${(bytes / 1e9).toFixed(1)} GB, and an ONNX file holds at most 2; ${remedy}.`,
  );
}
