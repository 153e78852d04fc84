/** @file Checks of a model as ONNX files: they translate as the library does, and any reader of ONNX accepts them. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import type { GraphProto } from "onnx-buf";
import { ModelProtoSchema, TensorProto_DataType } from "onnx-buf";
import { describe, expect, test } from "vitest";
import type { Hypothesis } from "../../src/decoding/hypothesis.ts";
import { InferenceModel } from "../../src/decoding/inferenceModel.ts";
import { search } from "../../src/decoding/search.ts";
import { decodeWeight, encodeWeights } from "../../src/modelFolder/weightFormat.ts";
import type { ConfigurationChanges, ModelSizes } from "../../src/models/configuration.ts";
import { configure, presets } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { initialValues } from "../../src/nn/initialize.ts";
import type { EmittedModel, Port } from "../../src/onnx/emit.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { NamedValues, Program } from "../../src/runtime/runtime.ts";
import {
  standaloneFormats,
  standaloneModels,
  standaloneVersions,
} from "../../src/standalone/models.ts";
import { nextName } from "../../src/standalone/step.ts";
import { Random } from "../../src/tensor/random.ts";
import type { SourceSequence } from "../../src/tensor/sequence.ts";
import { withFeatures } from "../../src/tensor/sequence.ts";
import { endId, startId } from "../../src/tensor/specialIds.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { numbersOf, tensorValue } from "../../src/tensor/value.ts";
import { placeIds } from "../../src/text/placeTokenizer.ts";

const node = nodeRuntime({ threads: 1 });
const vocabulary = 20;
const rowSize = 5;
const beam = 3;

type Weights = ReadonlyMap<string, TensorValue>;

/** A small model of a preset, with weights large enough that its translations differ from source to source. */
export function smallModel(preset: string, changes: ConfigurationChanges = {}): SmallModel {
  const isDeep = presets[preset]?.attentionPlace !== "before" || preset.startsWith("gnmt");
  const features = presets[preset]?.sourceInput === "features" ? { sourceFeatures: rowSize } : {};
  const layers = isDeep ? { layers: 2 } : {};
  const sizes: ModelSizes = {
    ...configure(preset, { hidden: 16, embedding: 16, ...layers, ...features, ...changes }),
    sourceVocabulary: vocabulary,
    targetVocabulary: vocabulary,
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const initializer = { kind: "uniform", range: 0.7 } as const;
      const data = initialValues({ ...specification, initializer }, 1);
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  return { sizes, weights };
}

export interface SmallModel {
  readonly sizes: ModelSizes;
  readonly weights: Weights;
}

/**
 * The weights with whose `compute: "int8"` a file of int8 must agree: its tables, from which rows are looked up, are as a
 * file of int8 stores them.
 */
function asStored({ sizes, weights }: SmallModel): Weights {
  const stored = encodeWeights(weights, "int8");
  return new Map(
    Array.from(weights, ([name, weight]) => {
      const isLocation = name === "attention.W_a" && sizes.attention === "location";
      const isTable = name.endsWith("_embedding") || isLocation;
      return [name, isTable ? decodeWeight(stored, name, weight.shape, "test") : weight];
    }),
  );
}

/** Sources of many lengths, one of them without tokens. */
export function sourcesFor({ sourceInput }: ModelSizes, count: number): SourceSequence[] {
  const random = new Random(5);
  return Array.from({ length: count }, (_, index) => {
    const length = index === 2 ? 0 : 1 + random.integer(index === 7 ? 16 : 12);
    if (sourceInput === "tokens") {
      return Array.from({ length }, () => 4 + random.integer(vocabulary - 4));
    }
    const rows = Float32Array.from({ length: length * rowSize }, () => 2 * random.uniform() - 1);
    return withFeatures(placeIds(length), () => rows);
  });
}

/** The inputs of a file for a batch of sources, padded no further than the longest. */
export function inputsOf(
  { sourceInput }: ModelSizes,
  sources: readonly SourceSequence[],
): NamedValues {
  const longest = Math.max(...sources.map(({ length }) => length));
  if (sourceInput === "tokens") {
    const ids = new BigInt64Array(sources.length * longest);
    sources.forEach((source, row) => {
      ids.set(Array.from(source, BigInt), row * longest);
    });
    return { source_ids: { dtype: "int64", shape: [sources.length, longest], data: ids } };
  }
  const rows = new Float32Array(sources.length * longest * rowSize);
  sources.forEach(({ features }, row) => {
    rows.set(features as Float32Array, row * longest * rowSize);
  });
  return {
    source_features: { dtype: "float32", shape: [sources.length, longest, rowSize], data: rows },
    source_lengths: tensorValue(
      "int64",
      [sources.length],
      sources.map(({ length }) => length),
    ),
  };
}

/** A translation as the outputs of a file tell it. */
export interface Told {
  readonly ids: number[];
  readonly logProbabilities: number[];
  readonly attention: number[][] | null;
}

/** The translations in the outputs of `greedy.onnx`, for sources of these lengths. */
export function toldIn(
  { target_ids: ids, log_probabilities: values, attention }: NamedValues,
  lengths: readonly number[],
): Told[] {
  const steps = ids?.shape[1] ?? 0;
  const [all, logs] = [numbersOf(ids as TensorValue), numbersOf(values as TensorValue)];
  const width = attention?.shape[2] ?? 0;
  return lengths.map((length, row) => {
    const own = all.slice(row * steps, (row + 1) * steps);
    const count = own.findLastIndex((id) => id !== 0) + 1;
    const weights = attention && numbersOf(attention);
    return {
      ids: own.slice(0, count),
      logProbabilities: logs.slice(row * steps, row * steps + count),
      attention: weights
        ? Array.from({ length: count }, (_, step) => {
            const first = (row * steps + step) * width;
            return weights.slice(first, first + length);
          })
        : null,
    };
  });
}

/** What the search of the library finds, in the same form. */
export function toldBy({ ids, finished, logProbabilities, attention }: Hypothesis): Told {
  const isEmpty = logProbabilities.length === 0;
  return {
    ids: [...ids, ...(finished && !isEmpty ? [endId] : [])],
    logProbabilities: [...logProbabilities],
    attention: attention?.map((row) => Array.from(row)) ?? null,
  };
}

function expectSame(told: readonly Told[], expected: readonly Told[]): void {
  expect(told).toEqual(expected);
}

/** The same translations, with numbers that differ by rounding only. */
function expectClose(told: readonly Told[], expected: readonly Told[]): void {
  expect(told.map(({ ids }) => ids)).toEqual(expected.map(({ ids }) => ids));
  const numbers = (all: readonly Told[]): number[] =>
    all.flatMap(({ logProbabilities, attention }) => [
      ...logProbabilities,
      ...(attention ?? []).flat(),
    ]);
  const wanted = numbers(expected);
  expect(numbers(told)).toHaveLength(wanted.length);
  const differences = numbers(told).map((number, at) => Math.abs(number - (wanted[at] as number)));
  expect(Math.max(0, ...differences)).toBeLessThan(1e-4);
}

/** Describes what holds for the files of a preset with some changes, and small random weights. */
export function describeFiles(title: string, preset: string, changes: ConfigurationChanges): void {
  describe(title, () => checkModel(preset, changes));
}

function checkModel(preset: string, changes: ConfigurationChanges): void {
  const { sizes, weights } = smallModel(preset, changes);
  const sources = sourcesFor(sizes, 9);
  const lengths = sources.map(({ length }) => length);

  test.each(standaloneFormats)(
    "greedy.onnx and beam.onnx find what a search finds: %s",
    async (format) => {
      const files = standaloneModels({ sizes, weights }, { format, beam });
      const same = format === "int8" ? asStored({ sizes, weights }) : weights;
      const own = await InferenceModel.create(node, sizes, same, { compute: format });
      for (const [width, file] of [
        [1, files.greedy],
        [beam, files.beam as EmittedModel],
      ] as const) {
        // Greedy search computes the same numbers to the last bit; in a beam, sums are added in another order.
        const equals = width === 1 ? expectSame : expectClose;
        const found = await search(own, sources, { beam: width });
        const expected = found.map(([best]) => toldBy(best as Hypothesis));
        const program = await node.compile(file);
        equals(toldIn(await program.run(inputsOf(sizes, sources)), lengths), expected);
        for (const row of [0, 1, 7]) {
          const source = sources[row] as SourceSequence;
          const results = await program.run(inputsOf(sizes, [source]));
          equals(toldIn(results, [source.length]), [expected[row] as Told]);
        }
        await program.release();
      }
      await own.release();
    },
  );

  test("no int8 file holds a weight twice", () => {
    const files = standaloneModels({ sizes, weights }, { format: "int8", beam });
    for (const { bytes } of Object.values(files)) {
      const { graph } = fromBinary(ModelProtoSchema, bytes);
      const names = (graph?.initializer ?? []).flatMap(({ name, dataType }) =>
        dataType === TensorProto_DataType.INT8
          ? [name.replace(/\.(table|rows|columns)\.int8$/, "")]
          : [],
      );
      expect(names.length).toBeGreaterThan(2);
      expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
    }
  });

  test("encoder.onnx and step.onnx, driven step by step, find the same", async () => {
    const files = standaloneModels({ sizes, weights }, { format: "float32", beam: 1 });
    const names = (ports: readonly Port[]): string[] => ports.map(({ name }) => name).sort();
    const fed = [...files.encoder.outputs.map(({ name }) => name), "previous_ids"];
    expect(names(files.step.inputs)).toEqual(fed.sort());
    const [encoder, step, greedy] = await Promise.all(
      [files.encoder, files.step, files.greedy].map((file) => node.compile(file)),
    );
    const filled = sources.filter(({ length }) => length > 0);
    const inputs = inputsOf(sizes, filled);
    const told = toldIn(await (greedy as Program).run(inputs), lengths.filter(Boolean));
    let known = await (encoder as Program).run(inputs);
    let previous: number[] = filled.map(() => startId);
    const steps = Math.min(...told.map(({ ids }) => ids.length));
    for (let at = 0; at < steps; at++) {
      const results = await (step as Program).run({
        ...known,
        previous_ids: tensorValue("int64", [filled.length], previous),
      });
      const all = numbersOf(results["log_probabilities"] as TensorValue);
      previous = filled.map((_, row) => {
        const own = all.slice(row * vocabulary, (row + 1) * vocabulary);
        const best = own.indexOf(Math.max(...own));
        expect(best).toBe(told[row]?.ids[at]);
        expect(own[best]).toBeCloseTo(told[row]?.logProbabilities[at] as number, 4);
        return best;
      });
      const { attention } = results;
      if (attention) {
        const width = attention.shape[1] as number;
        const first = numbersOf(attention).slice(0, filled[0]?.length);
        expect(width).toBe(Math.max(...lengths));
        first.forEach((weight, place) => {
          expect(weight).toBeCloseTo(told[0]?.attention?.[at]?.[place] as number, 4);
        });
      }
      const isState = (name: string): boolean => nextName(name) in results;
      known = Object.fromEntries(
        Object.entries(known).map(([name, value]) => [
          name,
          isState(name) ? (results[nextName(name)] as TensorValue) : value,
        ]),
      );
    }
    await Promise.all([encoder, step, greedy].map((program) => program?.release()));
  });
}

/** Describes the form of all files of some presets. */
export function describeForm(presetNames: readonly string[]): void {
  const models = presetNames.flatMap((preset) =>
    standaloneFormats.flatMap((format) =>
      Object.values(standaloneModels(smallModel(preset), { format, beam })).map(
        (model) => [`${preset}.${format}.${model.name}`, model] as const,
      ),
    ),
  );

  test.each(models)(
    "%s is of the lowest versions, with standard operators only",
    (_, { bytes }) => {
      const proto = fromBinary(ModelProtoSchema, bytes);
      expect(Number(proto.irVersion)).toBe(standaloneVersions.ir);
      expect(proto.opsetImport.map(({ domain, version }) => [domain, Number(version)])).toEqual([
        ["", standaloneVersions.operatorSet],
      ]);
      const operators = operatorsOf(proto.graph as GraphProto);
      expect(operators.length).toBeGreaterThan(5);
      expect(operators.filter(({ domain }) => domain !== "")).toEqual([]);
      expect(proto.graph?.initializer.filter(({ dataLocation }) => dataLocation !== 0)).toEqual([]);
    },
  );

  // The checker is a Python program (Debian: python3-onnx); where it is missing this is skipped.
  const hasChecker = spawnSync("/usr/bin/python3", ["-c", "import onnx"]).status === 0;
  test.skipIf(!hasChecker)("ONNX's own checker accepts every one of them", () => {
    const folder = mkdtempSync(join(tmpdir(), "seq2see-standalone-"));
    const paths = models.map(([name, { bytes }]) => {
      const path = join(folder, `${name}.onnx`);
      writeFileSync(path, bytes);
      return path;
    });
    const script =
      "import sys, onnx\nfor path in sys.argv[1:]:\n  onnx.checker.check_model(path, full_check=True)\n  print(path)";
    const output = execFileSync("/usr/bin/python3", ["-c", script, ...paths], {
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect(output.trim().split("\n")).toEqual(paths);
  });
}

function operatorsOf(graph: GraphProto): { type: string; domain: string }[] {
  return graph.node.flatMap(({ opType, domain, attribute }) => [
    { type: opType, domain },
    ...attribute.flatMap(({ g }) => (g ? operatorsOf(g) : [])),
  ]);
}
