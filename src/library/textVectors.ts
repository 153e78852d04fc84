import type { InferenceModel } from "../decoding/inferenceModel.ts";
import { lengthBatches } from "../decoding/lengthBatches.ts";
import type { SourceInput, SourceReader } from "../decoding/sourceInput.ts";
import { sourceName } from "../decoding/sourceInput.ts";
import { wiringOf } from "../models/wiring.ts";
import { UserError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";

/** One row of numbers per text, in the order of the texts: float32 `[texts, size]`. */
export interface TextVectors {
  readonly shape: readonly [texts: number, size: number];
  readonly data: Float32Array<ArrayBuffer>;
}

/** The encoder's results for texts: vectors whose size does not depend on the length of a text. */
export interface EncodedTexts {
  /**
   * The single context c that enters every step of a decoder without attention (Cho et al. 2014, section
   * 2.2), `[texts, hidden]`; null if the model has none.
   */
  readonly summary: TextVectors | null;
  /**
   * The decoder's initial states, as computed by the bridge, each `[texts, hidden]`: for each layer its
   * hidden state, followed by an LSTM's cell state.
   */
  readonly states: readonly TextVectors[];
  /**
   * With attention: the encoder's final outputs, from h₁ … h_S, `[texts, size]`. If
   * the top layer is bidirectional, these are the forward half of the last output and the backward half of
   * the first. Null without attention, where the outputs are not kept, and without a recurrent encoder.
   */
  readonly last: TextVectors | null;
}

/** Limits of a batch of texts for the encoder. */
const limits = { size: 64, tokens: 4096 };

/**
 * Runs the encoder on texts, in batches of similar lengths; batching changes no text's numbers.
 *
 * @throws UserError if the model does not read this kind of source, or a text has no tokens.
 */
export async function encodeTexts(
  model: InferenceModel,
  reader: SourceReader<SourceSequence>,
  sources: readonly SourceInput[],
): Promise<EncodedTexts> {
  const read = sources.map((source) => {
    const { ids } = reader.read(source);
    if (ids.length > 0) return ids;
    throw new UserError(`"${sourceName(source)}" has no tokens to encode; give a text with words.`);
  });
  const rows = new Map<string, Rows>();
  const batches = lengthBatches(
    read.map(({ length }) => length),
    limits,
  );
  for (const batch of batches) {
    const ids = batch.map((index) => read[index] as SourceSequence);
    const { states, memory } = await model.encodeSources(ids);
    const put = (name: string, values: ArrayLike<number>): void => {
      const known = rows.get(name) ?? new Rows(sources.length, values.length / batch.length);
      rows.set(name, known);
      batch.forEach((index, row) => {
        known.put(index, values, row);
      });
    };
    states.slice(0, stateCount(model)).forEach((state, index) => {
      put(`state.${index}`, state.data as Float32Array);
    });
    if (memory["summary"]) put("summary", memory["summary"].data as Float32Array);
    if (memory["memory"] && wiringOf(model.sizes).encoder.length > 0) {
      put("last", lastOutputs(model, memory["memory"], ids));
    }
  }
  const size = model.sizes.hidden;
  const rowsOf = (name: string): TextVectors | null => rows.get(name)?.vectors ?? null;
  return {
    summary: rowsOf("summary"),
    states: Array.from(
      { length: stateCount(model) },
      (_, index) => rowsOf(`state.${index}`) ?? new Rows(0, size).vectors,
    ),
    last: rowsOf("last"),
  };
}

/** The number of the layers' own states; other carried values, such as for input feeding, start at zero. */
function stateCount({ sizes }: InferenceModel): number {
  return wiringOf(sizes).decoder.flatMap(({ states }) => states).length;
}

/** Whether an encoder's outputs concatenate two directions. */
export function hasTwoHalves(sizes: InferenceModel["sizes"]): boolean {
  return wiringOf(sizes).encoder.at(-1)?.cells.length === 2;
}

/**
 * The final outputs, `[batch, size]`, from `memory` `[batch, source, size]`, whose rows are
 * in reading order; padding follows each sentence.
 */
function lastOutputs(
  { sizes }: InferenceModel,
  memory: TensorValue,
  sources: readonly SourceSequence[],
): Float32Array {
  const [, time, size] = memory.shape as [number, number, number];
  const data = memory.data as Float32Array;
  const half = hasTwoHalves(sizes) ? size / 2 : size;
  const found = new Float32Array(sources.length * size);
  sources.forEach(({ length }, row) => {
    const first = row * time * size;
    const last = first + (length - 1) * size;
    found.set(data.subarray(last, last + half), row * size);
    found.set(data.subarray(first + half, first + size), row * size + half);
  });
  return found;
}

/** Vectors that are filled row by row. */
class Rows {
  readonly vectors: TextVectors;

  constructor(count: number, size: number) {
    this.vectors = { shape: [count, size], data: new Float32Array(count * size) };
  }

  /** Copies row `from` of values to row `to`. */
  put(to: number, values: ArrayLike<number>, from: number): void {
    const { shape, data } = this.vectors;
    const [, size] = shape;
    for (let at = 0; at < size; at++) data[to * size + at] = values[from * size + at] as number;
  }
}
