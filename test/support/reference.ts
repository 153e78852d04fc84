/** @file Reads reference files: values and gradients of small models computed by other implementations. */

import { readFileSync } from "node:fs";
import type { ConfigurationChanges, ModelSizes } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";
import type { AttentionKind } from "../../src/nn/scores/kinds.ts";

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
  /** D of local attention, if the file gives it. */
  readonly window?: number;
  /** The model in this project's terms, if the case does not determine it. */
  readonly configuration?: { readonly preset: string; readonly changes: ConfigurationChanges };
  readonly parameters: Readonly<Record<string, ReferenceArray>>;
  readonly gradients: Readonly<Record<string, ReferenceArray>>;
}

/** Reads a reference file. */
export function readReference(path: string): Reference {
  return JSON.parse(readFileSync(path, "utf8")) as Reference;
}

/** The model of a reference file, or the reason why it cannot be built here. */
export function sizesOf(reference: Reference): ModelSizes | string {
  const { parameters, configuration } = reference;
  const shape = (name: string) => parameters[name]?.shape ?? [0, 0];
  const vocabularies = {
    sourceVocabulary: shape("source_embedding")[0] as number,
    targetVocabulary: shape("target_embedding")[0] as number,
  };
  if (configuration) {
    return { ...configure(configuration.preset, configuration.changes), ...vocabularies };
  }
  const common = commonChanges(reference);
  const name = reference.case;
  const isReversed = /revers/.test(name);
  const build = (preset: string, changes: ConfigurationChanges): ModelSizes => ({
    ...configure(preset, { ...common, ...(isReversed && { reverseSource: true }), ...changes }),
    ...vocabularies,
  });
  if (name.startsWith("bahdanau")) {
    return build("bahdanau2014", { maxout: shape("output.W_o")[1] as number });
  }
  if (name.startsWith("sutskever")) return build("sutskever2014", {});
  if (name.startsWith("cho") || name.startsWith("rnnenc")) {
    const maxout = (shape("readout.O_h")[0] as number) / 2;
    const summary = "bridge.V" in parameters ? "linear" : "last";
    return build("cho2014", { maxout, summary, outputRank: 0 });
  }
  if (!name.startsWith("luong")) return `no model here for the case "${name}"`;
  const { embedding, hidden } = common as { embedding: number; hidden: number };
  const local = /local_([mp])/.exec(name)?.[1] as "m" | "p" | undefined;
  return build("luong2015", {
    attention: scoreOf(reference),
    inputFeeding: shape("decoder.0.weight_ih")[1] === embedding + hidden,
    bridge: "copy",
    ...(local && { attentionScope: `local-${local}`, window: halfWindow(reference) }),
    ...(/location/.test(name) && { locations: shape("attention.W_a")[0] as number }),
  });
}

/** What the shapes of the parameters reveal about any model. */
function commonChanges({ parameters }: Reference): ConfigurationChanges {
  const shape = (name: string) => parameters[name]?.shape ?? [0, 0];
  const count = (pattern: RegExp) =>
    Object.keys(parameters).filter((name) => pattern.test(name)).length;
  const bidirectional = "encoder.0.forward.weight_hh" in parameters;
  const [rows, hidden] = shape("decoder.0.weight_hh") as [number, number];
  const first = bidirectional ? "encoder.0.forward.weight_hh" : "encoder.0.weight_hh";
  const units = ["attention.v_a", "attention.v_p"].find((name) => name in parameters);
  return {
    cell: rows === 4 * hidden ? "lstm" : rows === 3 * hidden ? "gru" : "rnn",
    cellBias: count(/^decoder\.0\.bias/) > 0,
    // The two biases of a GRU differ in effect only if the reset gate follows the product.
    resetGate: "decoder.0.bias_hh" in parameters ? "after" : "before",
    embedding: shape("source_embedding")[1] as number,
    hidden,
    layers: count(/^decoder\.\d+\.weight_hh$/),
    encoderLayers: count(/^encoder\.\d+(\.forward)?\.weight_hh$/),
    bidirectional,
    encoderHidden: shape(first)[1] as number,
    ...(units !== undefined && { attentionHidden: shape(units)[0] as number }),
    outputBias: "output.bias" in parameters,
    dropout: 0,
  };
}

/** The score of a file of Luong's models, by its name or its parameters. */
function scoreOf({ case: name, parameters }: Reference): AttentionKind {
  const said = /(?:^|_)(dot|general|concat|location)(?:_|$)/.exec(name);
  if (said) return said[1] as AttentionKind;
  if ("attention.v_a" in parameters) return "concat";
  return "attention.W_a" in parameters ? "general" : "dot";
}

/**
 * D of a local attention. The files do not give it; it is 2 unless the weights show otherwise. The
 * first step of local-m attends to D + 1 words, and a row of local-p has at most 2D + 1 weights.
 */
function halfWindow({ attention_tsb, window, source_lengths, case: name }: Reference): number {
  if (window !== undefined) return window;
  const { shape, data } = attention_tsb as ReferenceArray;
  const [time, source, batch] = shape as [number, number, number];
  const lookedAt = (t: number, b: number): number =>
    Array.from({ length: source }, (_, s) => data[(t * source + s) * batch + b]).filter(
      (weight) => weight !== 0,
    ).length;
  if (/local_m/.test(name)) {
    const longest = source_lengths.data.indexOf(Math.max(...source_lengths.data));
    return lookedAt(0, longest) - 1;
  }
  const rows = Array.from({ length: time * batch }, (_, row) =>
    lookedAt(Math.floor(row / batch), row % batch),
  );
  const widest = Math.max(...rows);
  return widest > 5 ? Math.floor(widest / 2) : 2;
}

/**
 * The location of one of our parameters in a reference file: rows of a matrix there are columns here, and
 * some matrices there are several here. `sum` adds parameters that only ever occur as a sum.
 */
export interface Placement {
  readonly names: readonly string[];
  readonly rows?: readonly [number, number];
  readonly columns?: readonly [number, number];
  readonly transposed: boolean;
}

/** Locates one of our parameters in a reference file. */
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
    const known = [name, "output.W_o", "output.G"].find((each) => each in reference.parameters);
    return matrix(known ?? name);
  }
  const isOfCell = /^(encoder|decoder)\./.test(name);
  if (name === "attention.b") {
    // There may be one for the query and one for the memory.
    const names = [name, "attention.b2"].filter((each) => each in reference.parameters);
    return { names, transposed: false };
  }
  if (last === "bias" && !isOfCell) return { names: [name], transposed: false };
  if (last === "bias" && sizes.cell === "gru" && sizes.resetGate === "after") {
    return { names: [`${prefix}.bias_ih`], transposed: false };
  }
  if (last === "bias_hh") return { names: [name], transposed: false };
  if (last === "bias") {
    const names = [`${prefix}.bias`, `${prefix}.bias_ih`, `${prefix}.bias_hh`];
    return { names: names.filter((each) => each in reference.parameters), transposed: false };
  }
  const layer = /^decoder\.(\d+)\.(weight_ih|weight_feed|weight_context)$/.exec(name);
  if (layer) {
    // There, all inputs of a layer are concatenated.
    const from = `${prefix}.weight_ih`;
    const below = layer[1] === "0" ? embedding : hidden;
    const width = reference.parameters[from]?.shape[1] as number;
    return matrix(from, last === "weight_ih" ? [0, below] : [below, width]);
  }
  if (last === "weight_hh_gates" || last === "weight_hh_candidate") {
    const size = reference.parameters[`${prefix}.weight_hh`]?.shape[1] as number;
    const rows: [number, number] =
      last === "weight_hh_gates" ? [0, 2 * size] : [2 * size, 3 * size];
    return matrix(`${prefix}.weight_hh`, undefined, rows);
  }
  if (sizes.attention === "concat" && (name === "attention.W_a" || name === "attention.U_a")) {
    // There, W_a applies to the concatenation [h; h̄].
    const width = reference.parameters["attention.W_a"]?.shape[1] as number;
    return matrix("attention.W_a", name === "attention.W_a" ? [0, hidden] : [hidden, width]);
  }
  if (sizes.attention === "location" && name === "attention.W_a") {
    // One row per position in both.
    return { names: [name], transposed: false };
  }
  const inCho: Record<string, string> = { U_o: "O_h", V_o: "O_y", C_o: "O_c" };
  const other = `readout.${inCho[last]}`;
  if (prefix === "readout" && other in reference.parameters) return matrix(other);
  return matrix(name);
}

/** Extracts one of our parameters from an array of the reference file, row-major in our order. */
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
