import { describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../files/safetensors.ts";
import type { ConfigurationChanges } from "../models/configuration.ts";
import { configure, presets } from "../models/configuration.ts";
import { parametersOf } from "../models/graphs.ts";
import { initialValues } from "../nn/initialize.ts";
import { UserError } from "../tensor/errors.ts";
import { tensorValue } from "../tensor/value.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import type { ModelBytes, StoredModel } from "./modelFolder.ts";
import { modelBytes, modelOf, tellMissingChecksums } from "./modelFolder.ts";
import { decodeWeight, encodeWeights, weightFormats } from "./weightFormat.ts";

function tokenizerOf(letters: string): TextTokenizer {
  const json = learnTokenizer(new Map([[letters, 1]]), { kind: "char" });
  return TextTokenizer.fromJson(json, "test");
}

/** A model that was never trained. */
function smallModel(preset = "luong2015", changes: ConfigurationChanges = {}): StoredModel {
  const tokenizer = tokenizerOf("abcdefgh");
  const sizes = {
    ...configure(preset, { hidden: 16, embedding: 12, ...changes }),
    sourceVocabulary: tokenizer.size,
    targetVocabulary: tokenizer.size,
  };
  const weights = parametersOf(sizes).map((parameter) => {
    const data = initialValues(parameter, 3);
    return [parameter.name, tensorValue("float32", parameter.shape, data)] as const;
  });
  return {
    sizes,
    weights: new Map(weights),
    weightFormat: "float32" as const,
    hasChecksums: true,
    source: tokenizer,
    target: tokenizer,
    summary: { steps: 2, epochs: 1, seconds: 3 },
  };
}

const model = smallModel();
const read = (files: ModelBytes): StoredModel => modelOf(files, (file) => `web/${file}`);

/** The files with other tensors in the place of their weights. */
function withTensors(
  files: ModelBytes,
  change: (tensors: Map<string, StoredTensor>) => void,
): ModelBytes {
  const { tensors, metadata } = decodeSafetensors(files.weights, "model");
  change(tensors);
  return { ...files, weights: encodeSafetensors(tensors, metadata) };
}

describe.each(weightFormats)("a model that was written as %s", (format) => {
  const files = modelBytes(model, format);
  test("is read with float32 weights, and says what they were", () => {
    const found = read(files);
    expect(found.weightFormat).toBe(format);
    expect(found.sizes).toEqual(model.sizes);
    expect(found.summary).toEqual(model.summary);
    expect(found.source.toJson()).toEqual(model.source.toJson());
    const stored = encodeWeights(model.weights, format);
    expect(found.weights.size).toBe(model.weights.size);
    for (const [name, weight] of found.weights) {
      expect(weight.dtype).toBe("float32");
      const { shape } = model.weights.get(name) as StoredTensor;
      expect(weight).toEqual(decodeWeight(stored, name, shape, "model"));
    }
  });
  test("is refused if it was cut short or altered", () => {
    const cut = { ...files, weights: files.weights.slice(0, -1) };
    expect(() => read(cut)).toThrow(/^web\/model\.safetensors is truncated/);
    const weights = files.weights.slice();
    weights[weights.length - 1] = (weights.at(-1) as number) ^ 1;
    expect(() => read({ ...files, weights })).toThrow(/^web\/model\.safetensors was altered/);
  });
  test("is refused with the configuration of another model", () => {
    const text = new TextDecoder().decode(files.config).replace('"general"', '"dot"');
    const config = new TextEncoder().encode(text);
    expect(() => read({ ...files, config })).toThrow(
      "web/config.json: attention is dot, but web/model.safetensors was trained with general;",
    );
  });
  test("is refused without one of its weights", () => {
    const poor = withTensors(files, (tensors) => tensors.delete("attention.W_a"));
    expect(() => read(poor)).toThrow(UserError);
    expect(() => read(poor)).toThrow(
      "web/model.safetensors: attention.W_a is missing, but config.json requires [16, 16] of",
    );
  });
});

test.each(Object.keys(presets))("a model of %s is written in every format and read", (preset) => {
  const stored = smallModel(preset, { locations: 7, window: 3 });
  for (const format of weightFormats) {
    const found = read(modelBytes(stored, format));
    expect(found.sizes).toEqual(stored.sizes);
    expect([...found.weights.keys()].toSorted()).toEqual([...stored.weights.keys()].toSorted());
    for (const { data } of found.weights.values()) {
      expect(Array.from(data as Float32Array).every(Number.isFinite)).toBe(true);
    }
  }
});

test("a model of an earlier version, whose files say less, is read as it was", () => {
  const files = modelBytes(model, "float32");
  const without = (json: Record<string, unknown>) => {
    const later = ["cellBias", "encoderLayers", "attentionScope", "readout", "dropoutOn"];
    return Object.fromEntries(Object.entries(json).filter(([key]) => !later.includes(key)));
  };
  const config = JSON.parse(new TextDecoder().decode(files.config)) as { model: object };
  const { tensors } = decodeSafetensors(files.weights, "model");
  const sizes = without(config.model as Record<string, unknown>);
  const metadata = new Map([["model", JSON.stringify(sizes)]]);
  const earlier = {
    ...files,
    config: new TextEncoder().encode(JSON.stringify({ ...config, model: sizes })),
    weights: encodeSafetensors(tensors, metadata),
  };
  expect(read(earlier).sizes).toEqual(model.sizes);
  expect(read(earlier).weights).toEqual(read(files).weights);
});

// Not so int8, whose scales are rounded anew.
test.each(["float32", "float16"] as const)(
  "a model that is read and written as %s once more is the same file",
  (format) => {
    const { weights } = modelBytes(model, format);
    const again = read(modelBytes(model, format));
    expect(modelBytes(again, format).weights).toEqual(weights);
  },
);

test("float16 takes half of the bytes, and int8 still less", () => {
  const elements = (format: (typeof weightFormats)[number]): number =>
    [...encodeWeights(model.weights, format).values()].reduce(
      (bytes, { data }) => bytes + data.byteLength,
      0,
    );
  expect(elements("float16")).toBe(elements("float32") / 2);
  expect(elements("int8")).toBeLessThan(elements("float32") * 0.4);
});

test("int8 weights without their scale are refused by name", () => {
  const poor = withTensors(modelBytes(model, "int8"), (tensors) =>
    tensors.delete("target_embedding.scale"),
  );
  expect(() => read(poor)).toThrow(
    /^web\/model\.safetensors: target_embedding\.scale is missing where target_embedding, int8 \[\d+, 12\], needs float32 \[\d+\]; export the model again\.$/,
  );
});

test("tokenizers are written without white space, and are read as the same", () => {
  const { source } = modelBytes(model, "float16");
  const text = new TextDecoder().decode(source);
  expect(text).toBe(`${JSON.stringify(model.source.toJson())}\n`);
});

/** The files with another text in the place of one. */
const withText = (
  files: ModelBytes,
  part: Exclude<keyof ModelBytes, "weights">,
  change: (text: string) => string,
): ModelBytes => {
  const text = change(new TextDecoder().decode(files[part]));
  return { ...files, [part]: new TextEncoder().encode(text) };
};

describe("a model is one thing", () => {
  const files = modelBytes(model, "float32");
  const other = modelBytes({ ...model, source: tokenizerOf("bcdefghi") }, "float32");

  test("as its weights hold checksums of its tokenizers", () => {
    expect(read(files).hasChecksums).toBe(true);
  });
  test.each([
    ["one letter that is another", (text: string) => text.replace('"g":', '"G":')],
    [
      "two ids that changed places",
      (text: string) => text.replace(/"a":(\d+),"b":(\d+)/, '"a":$2,"b":$1'),
    ],
    ["a merge more", (text: string) => text.replace('"merges":[]', '"merges":[["a","b"]]')],
    ["a part more", (text: string) => text.replace("{", '{"more":1,')],
  ])("and is refused with a tokenizer that has %s", (_, change) => {
    for (const side of ["source", "target"] as const) {
      const changed = withText(files, side, change);
      expect(changed[side]).not.toEqual(files[side]);
      expect(() => read(changed)).toThrow(
        new UserError(
          `web/${side}.tokenizer.json belongs to another model than web/model.safetensors, or was changed; copy the whole folder again.`,
        ),
      );
    }
  });
  test("but may be laid out in other lines, as Git and editors do", () => {
    const laidOut = withText(files, "source", (text) =>
      JSON.stringify(JSON.parse(text), null, 4).replaceAll("\n", "\r\n"),
    );
    expect(read(laidOut).source.toJson()).toEqual(model.source.toJson());
  });
  test("and the file that does not belong to the three others is named", () => {
    expect(() => read({ ...files, source: other.source })).toThrow(
      /^web\/source\.tokenizer\.json belongs to another model than web\/model\.safetensors/,
    );
    const both = modelBytes(
      { ...model, source: tokenizerOf("bcdefghi"), target: tokenizerOf("bcdefghi") },
      "float32",
    );
    expect(() => read({ ...files, weights: both.weights })).toThrow(
      new UserError(
        "web/model.safetensors belongs to another model than web/source.tokenizer.json and web/target.tokenizer.json; copy the whole folder again.",
      ),
    );
  });
  test.each(["null", "[]", '"x"', "7"])("whose weights do not say that they are of %s", (text) => {
    const { tensors, metadata } = decodeSafetensors(files.weights, "model");
    const weights = encodeSafetensors(tensors, new Map([...metadata, ["model", text]]));
    expect(() => read({ ...files, weights })).toThrow(
      /^web\/model\.safetensors is damaged: its header does not describe its model/,
    );
  });
});

describe("a model without checksums", () => {
  const files = modelBytes(model, "float32");
  const { tensors, metadata } = decodeSafetensors(files.weights, "model");
  const found = (names: string[]): StoredModel => {
    const kept = new Map([...metadata].filter(([name]) => names.includes(name)));
    return read({ ...files, weights: encodeSafetensors(tensors, kept) });
  };

  test("is read, and known as one", () => {
    expect(found(["model"]).hasChecksums).toBe(false);
    expect(found(["model", "source.tokenizer.json.xxh32"]).hasChecksums).toBe(false);
    expect(found([...metadata.keys()]).hasChecksums).toBe(true);
  });
  test("is told of in a sentence", () => {
    const told: string[] = [];
    const options = { onNotice: (sentence: string) => told.push(sentence) };
    tellMissingChecksums(found([...metadata.keys()]), "web", options);
    expect(told).toEqual([]);
    tellMissingChecksums(found([]), "web", options);
    expect(told).toEqual([
      "web has no checksums, so that damage cannot be detected; an export of it with float32 weights has them.",
    ]);
  });
});

test.each([
  ["encoderLayers", 1e9],
  ["hidden", 2 ** 40],
  ["window", 1e15],
  ["sourceVocabulary", 1e12],
])(
  "a configuration whose %s is %d is refused before anything is made of that size",
  (key, value) => {
    const changed = withText(modelBytes(model, "float32"), "config", (text) =>
      text.replace(new RegExp(`"${key}": \\d+`), `"${key}": ${value}`),
    );
    expect(() => read(changed)).toThrow(
      /^web\/config\.json: model\.\w+: give a whole number from 1 to [\d,]+; it is not/,
    );
  },
);

test("files that are nested without end are refused by name", () => {
  const deep = new TextEncoder().encode("[".repeat(100_000) + "]".repeat(100_000));
  const files = modelBytes(model, "float32");
  for (const part of ["config", "source", "target"] as const) {
    expect(() => read({ ...files, [part]: deep })).toThrow(
      /^web\/[a-z.]+\.json: its lists and objects are nested more than 64 levels deep; restore/,
    );
  }
});
