/** @file Reading reference files: values and gradients of small models computed elsewhere. */

import { readFileSync } from "node:fs";
import type { ModelSizes } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";

/** An array of a reference file, row-major. */
export interface ReferenceArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A reference file. */
export interface Reference {
  readonly case: string;
  readonly source_ids: ReferenceArray;
  readonly source_lengths: ReferenceArray;
  readonly target_in: ReferenceArray;
  readonly target_out: ReferenceArray;
  readonly target_lengths: ReferenceArray;
  readonly loss: number;
  readonly logits: ReferenceArray;
  readonly attention_tsb?: ReferenceArray;
  readonly parameters: Readonly<Record<string, ReferenceArray>>;
  readonly gradients: Readonly<Record<string, ReferenceArray>>;
}

/** Reads a reference file. */
export function readReference(path: string): Reference {
  return JSON.parse(readFileSync(path, "utf8")) as Reference;
}

/** The model of a reference file, or why it cannot be built here. */
export function sizesOf(reference: Reference): ModelSizes | string {
  const { parameters } = reference;
  const shape = (name: string) => parameters[name]?.shape ?? [0, 0];
  const [sourceVocabulary, embedding] = shape("source_embedding") as [number, number];
  const [targetVocabulary] = shape("target_embedding") as [number];
  const layers = Object.keys(parameters).filter((name) =>
    /^decoder\.\d+\.weight_hh$/.test(name),
  ).length;
  const isBidirectional = "encoder.0.forward.weight_hh" in parameters;
  const hidden = shape("decoder.0.weight_hh")[1] as number;
  const encoder = isBidirectional ? "encoder.0.forward.weight_hh" : "encoder.0.weight_hh";
  const common = {
    ...{ embedding, hidden, layers, dropout: 0, bidirectional: isBidirectional },
    encoderHidden: shape(encoder)[1] as number,
    attentionHidden: shape("attention.W_a")[0] as number,
    outputBias: "output.bias" in parameters,
  };
  const sizes = { sourceVocabulary, targetVocabulary };
  const name = reference.case;
  if (name === "bahdanau") {
    return {
      ...configure("bahdanau2014", { ...common, maxout: shape("output.W_o")[1] as number }),
      ...sizes,
    };
  }
  if (name.startsWith("sutskever")) return { ...configure("sutskever2014", common), ...sizes };
  const luong = /^luong_(dot|general|concat)(_|$)/.exec(name);
  if (!luong) return `no model here for the case "${name}"`;
  const inputFeeding = shape("decoder.0.weight_ih")[1] === embedding + hidden;
  const attention = luong[1] as "dot" | "general" | "concat";
  return {
    ...configure("luong2015", { ...common, attention, inputFeeding, bridge: "copy" }),
    ...sizes,
  };
}

/**
 * Where a parameter of ours stands in a reference file: rows of a matrix there are columns here, and
 * some matrices there are several here. `sum` adds parameters that only ever occur added.
 */
export interface Placement {
  readonly names: readonly string[];
  readonly rows?: readonly [number, number];
  readonly columns?: readonly [number, number];
  readonly transposed: boolean;
}

/** Finds a parameter of ours in a reference file. */
export function placementOf(name: string, sizes: ModelSizes, reference: Reference): Placement {
  const { embedding, hidden } = sizes;
  const matrix = (
    from: string,
    columns?: [number, number],
    rows?: [number, number],
  ): Placement => ({
    names: [from],
    transposed: true,
    ...(columns && { columns }),
    ...(rows && { rows }),
  });
  const [prefix, last] = [
    name.slice(0, name.lastIndexOf(".")),
    name.slice(name.lastIndexOf(".") + 1),
  ];
  if (name.endsWith("embedding")) return { names: [name], transposed: false };
  if (name === "output.weight") {
    return matrix(name in reference.parameters ? name : "output.W_o");
  }
  if (name === "output.bias") return { names: [name], transposed: false };
  if (last === "bias") {
    const names = [`${prefix}.bias`, `${prefix}.bias_ih`, `${prefix}.bias_hh`];
    return { names: names.filter((each) => each in reference.parameters), transposed: false };
  }
  if (name === "decoder.0.weight_ih") return matrix(name, [0, embedding]);
  if (name === "decoder.0.weight_feed")
    return matrix("decoder.0.weight_ih", [embedding, embedding + hidden]);
  if (name === "decoder.0.weight_context") {
    const width = reference.parameters["decoder.0.weight_ih"]?.shape[1] as number;
    return matrix("decoder.0.weight_ih", [embedding, width]);
  }
  if (last === "weight_hh_gates" || last === "weight_hh_candidate") {
    const size = reference.parameters[`${prefix}.weight_hh`]?.shape[1] as number;
    const rows: [number, number] =
      last === "weight_hh_gates" ? [0, 2 * size] : [2 * size, 3 * size];
    return matrix(`${prefix}.weight_hh`, undefined, rows);
  }
  if (sizes.attention === "concat" && (name === "attention.W_a" || name === "attention.U_a")) {
    // There W_a is for [h; h̄] joined.
    return matrix("attention.W_a", name === "attention.W_a" ? [0, hidden] : [hidden, 2 * hidden]);
  }
  if (name === "attention.W_a" && sizes.attention === "general") {
    return { names: [name], transposed: true };
  }
  if (name === "attention.v_a") return { names: [name], transposed: false };
  return matrix(name);
}

/** Cuts a parameter of ours out of an array of the reference file, row-major in our order. */
export function cut({ shape, data }: ReferenceArray, placement: Placement): number[] {
  if (shape.length === 1) return [...data];
  const [rows, columns] = shape as [number, number];
  const [firstRow, endRow] = placement.rows ?? [0, rows];
  const [firstColumn, endColumn] = placement.columns ?? [0, columns];
  const values: number[] = [];
  const at = (row: number, column: number) => data[row * columns + column] as number;
  if (placement.transposed) {
    for (let column = firstColumn; column < endColumn; column++) {
      for (let row = firstRow; row < endRow; row++) values.push(at(row, column));
    }
  } else {
    for (let row = firstRow; row < endRow; row++) {
      for (let column = firstColumn; column < endColumn; column++) values.push(at(row, column));
    }
  }
  return values;
}
