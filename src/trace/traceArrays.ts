/** @file Traces as arrays by name, for NumPy: `.npz` and safetensors. `docs/trace.md` describes them. Isomorphic. */

import { encodeSafetensors, type StoredTensor } from "../files/safetensors.ts";
import { type NumpyArray, npzBytes } from "../files/writeNpy.ts";
import { elementCount } from "../tensor/value.ts";
import type { Trace, TracedStep, TracedTensor } from "./trace.ts";

/** The name of the text with all that is no tensor. */
const textName = "trace";

/**
 * A trace as a `.npz` file: its tensors by name, float32 as the model computed them, those of decoder steps with the
 * steps as their first axis; its tokens and ids; and as `trace` a JSON text of all that is no tensor.
 */
export function traceNpz(trace: Trace): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(tokensOf(trace)).map(([name, data]): [string, NumpyArray] => [
    name,
    { shape: [data.length], data },
  ]);
  const text: NumpyArray = { shape: [], data: [JSON.stringify(withoutTensors(trace))] };
  return npzBytes([...traceNumbers(trace), ...texts, [textName, text]]);
}

/** As {@link traceNpz}, in safetensors, which has no texts: the tokens are in the JSON text, and that in the metadata. */
export function traceSafetensors(trace: Trace): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(withoutTensors(trace));
  return encodeSafetensors(traceNumbers(trace), new Map([[textName, text]]));
}

/** The numbers of a trace by name. */
function traceNumbers({ source, encoder, steps }: Trace): Map<string, NumberArray> {
  return new Map([
    ...Object.entries(encoder.tensors).map(
      ([name, tensor]) => [name, numbersOf([tensor])] as const,
    ),
    ...stepTensors(steps),
    ["source_ids", idsOf(source.ids)],
    ["encoder_order", idsOf(encoder.order)],
    ["input_ids", idsOf(steps.map(({ inputId }) => inputId))],
    ["output_ids", idsOf(steps.map(({ outputId }) => outputId))],
  ]);
}

function tokensOf({ source, steps }: Trace): Record<string, readonly string[]> {
  return {
    source_tokens: source.tokens,
    input_tokens: steps.map(({ input }) => input),
    output_tokens: steps.map(({ output }) => output),
  };
}

/** What both formats can hold. */
type NumberArray = StoredTensor & {
  readonly data: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
};

function idsOf(ids: readonly number[]): NumberArray {
  return { dtype: "int64", shape: [ids.length], data: BigInt64Array.from(ids, BigInt) };
}

/** The tensors of all steps, each with the steps as its first axis. */
function stepTensors(steps: readonly TracedStep[]): [string, NumberArray][] {
  const names = new Set(steps.flatMap(({ tensors }) => Object.keys(tensors)));
  return Array.from(names, (name) => {
    const each = steps.map(({ tensors }) => tensors[name]);
    const { shape } = each.find((tensor) => tensor !== undefined) as TracedTensor;
    // Only steps with given attention have weights of their own beside them.
    const none = { shape, data: new Float32Array(elementCount(shape)).fill(Number.NaN) };
    const { data } = numbersOf(each.map((tensor) => tensor ?? none));
    return [name, { dtype: "float32", shape: [steps.length, ...shape], data }];
  });
}

/** The numbers of tensors of one shape, one behind the other. */
function numbersOf(tensors: readonly TracedTensor[]): NumberArray {
  const [{ shape }] = tensors as [TracedTensor, ...TracedTensor[]];
  const size = elementCount(shape);
  const data = new Float32Array(tensors.length * size);
  for (const [index, tensor] of tensors.entries()) {
    if (elementCount(tensor.shape) !== size) {
      throw new Error(
        `steps have tensors of [${shape.join(", ")}] and [${tensor.shape.join(", ")}]`,
      );
    }
    data.set(tensor.data, index * size);
  }
  return { dtype: "float32", shape, data };
}

/** All of a trace but its tensors. */
function withoutTensors({ encoder, steps, ...others }: Trace): object {
  return {
    ...others,
    encoder: { order: encoder.order },
    steps: steps.map(({ tensors: _, ...step }) => step),
  };
}
