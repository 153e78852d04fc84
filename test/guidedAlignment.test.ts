/** Attention that is taught links: what the loss is, its gradient, and how links of words reach it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CorpusLinks } from "../src/data/corpusLinks.ts";
import { encodeCorpus } from "../src/data/encodeCorpus.ts";
import { EncodedCorpus } from "../src/data/encodedCorpus.ts";
import { readLines } from "../src/data/node/lines.ts";
import { pairReader } from "../src/data/node/readPairs.ts";
import { OutputFile } from "../src/files/nodeOutputFile.ts";
import { openBytes } from "../src/files/nodeRandomAccess.ts";
import { batchFeeds } from "../src/models/batchFeeds.ts";
import type { ConfigurationChanges, ModelSizes } from "../src/models/configuration.ts";
import { configure } from "../src/models/configuration.ts";
import { scoringGraph } from "../src/models/graphs.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import { Random } from "../src/tensor/random.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { elementCount, numbersOf, tensorValue } from "../src/tensor/value.ts";
import { TextTokenizer } from "../src/text/tokenizer.ts";
import type { TokenizerSettings } from "../src/text/tokenizerOption.ts";
import { learnTokenizer } from "../src/text/tokenizerOption.ts";
import { countWords } from "../src/text/wordCounts.ts";
import { encodeLinks, tokenLinks } from "../src/training/corpus/encodeLinks.ts";
import { linkWeights } from "../src/training/step/linkWeights.ts";
import { compile, evaluate } from "./support/evaluate.ts";
import { expectParameterGradients } from "./support/parameterGradients.ts";

const pairs = [
  { source: [4, 5, 6], target: [5, 4] },
  { source: [6, 4], target: [6, 5, 4] },
];
const links = [Uint32Array.from([0, 1, 2, 0, 1, 0]), Uint32Array.from([1, 0, 0, 2])];

function tinySizes(preset: string, changes: ConfigurationChanges): ModelSizes {
  return {
    ...configure(preset, { hidden: 4, embedding: 3, dropout: 0, ...changes }),
    sourceVocabulary: 8,
    targetVocabulary: 7,
  };
}

/** Random values for everything a graph of the pairs takes, in float64. */
function feedsOf(sizes: ModelSizes, scale: number): Record<string, TensorValue> {
  const batch = batchFeeds(pairs, sizes.reverseSource);
  const lengths = pairs.map(({ source }) => source.length);
  const alignment = linkWeights(links, lengths, batch.sizes, sizes.reverseSource);
  const random = new Random(3);
  const parameters = trainingGraph(sizes, { guidedAlignment: true }).parameters.map(
    ({ name, shape }) => {
      const values = Array.from({ length: elementCount(shape) }, () => 0.5 * random.normal());
      return [name, tensorValue("float64", shape, values)] as const;
    },
  );
  return {
    ...batch.values,
    ...Object.fromEntries(parameters),
    alignment: tensorValue("float64", alignment.shape, numbersOf(alignment)),
    scale: tensorValue("float64", [], 1 / 7),
    alignment_scale: tensorValue("float64", [], scale),
  };
}

const models: [string, string, ConfigurationChanges][] = [
  ["Luong, general, input feeding", "luong2015", {}],
  ["Luong, concat, no input feeding", "luong2015", { attention: "concat", inputFeeding: false }],
  ["Luong, dot, source reversed", "luong2015", { attention: "dot", reverseSource: true }],
  ["Bahdanau", "bahdanau2014", {}],
];

describe.each(models)("%s:", (_, preset, changes) => {
  const sizes = tinySizes(preset, changes);
  const graph = trainingGraph(sizes, { dtype: "float64", guidedAlignment: true });

  test("the loss gains the cross-entropy of attention and links", async () => {
    const weight = 0.4;
    const feeds = feedsOf(sizes, weight);
    const { attention } = await evaluate(scoringGraph(sizes, { dtype: "float64" }), feeds);
    const [, batch, source] = (attention as TensorValue).shape as [number, number, number];
    const weightOf = (time: number, row: number, position: number): number => {
      const { length } = (pairs[row] as (typeof pairs)[number]).source;
      const read = sizes.reverseSource ? length - 1 - position : position;
      return (attention?.data[(time * batch + row) * source + read] as number) ?? 0;
    };
    const expected = -(
      Math.log(weightOf(1, 0, 0)) +
      0.5 * Math.log(weightOf(0, 0, 2)) +
      0.5 * Math.log(weightOf(0, 0, 1)) +
      Math.log(weightOf(0, 1, 1)) +
      Math.log(weightOf(2, 1, 0))
    );
    const program = await compile({ loss: graph.outputs["loss"] as never });
    const lossAt = async (scale: number) =>
      (await program.run(feedsOf(sizes, scale)))["loss"]?.data[0] as number;
    expect((await lossAt(weight)) - (await lossAt(0))).toBeCloseTo(weight * expected, 10);
    await program.release();
  });

  test("its gradient is that of finite differences", async () => {
    const feeds = feedsOf(sizes, 0.7);
    await expectParameterGradients(graph, feeds);
  });
});

describe("links of words", () => {
  const span = (start: number, end: number) => ({ start, end });

  test("become links of all their tokens", () => {
    const source = [span(0, 2), span(2, 3)];
    const target = [span(0, 1), span(1, 3)];
    expect([
      ...tokenLinks(
        [
          [0, 1],
          [1, 0],
        ],
        source,
        target,
        "links:1",
      ),
    ]).toEqual([0, 1, 1, 1, 0, 2, 1, 2, 2, 0]);
    expect(() => tokenLinks([[2, 0]], source, target, "links:7")).toThrow(
      "links:7: the link 2-0 is of a word that is not there, as the source has 2 words and the target 2; count them from 0, between white space.",
    );
  });

  test("share a target token's weight evenly, however often they are named", () => {
    const { shape, data } = linkWeights(
      [Uint32Array.from([0, 1, 2, 1, 0, 1, 1, 0])],
      [3],
      { batch: 1, source: 4, target: 3 },
      true,
    );
    expect(shape).toEqual([3, 1, 4]);
    // The source is read from its end: position 0 is column 2.
    expect([...data]).toEqual([0, 1, 0, 0, 0.5, 0, 0.5, 0, 0, 0, 0, 0]);
  });
});

describe("links of a corpus", () => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-links-"));
  const at = (name: string): string => join(folder, name);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const source = { kind: "table", path: at("pairs.tsv"), columns: ["1", "2"] } as const;
  const long = "a ".repeat(20).trim();
  writeFileSync(at("pairs.tsv"), `a bc d\tbc, a\n\tx\n${long}\ta\nd a\ta d\n`);

  function tokenizersOf(settings: TokenizerSettings) {
    const counts = new Map<string, number>();
    for (let time = 0; time < 3; time++) countWords(counts, "a bc d, x bc,");
    const json = learnTokenizer(counts, settings, { lowercase: false });
    const tokenizer = TextTokenizer.fromJson(json, "test");
    return { source: tokenizer, target: tokenizer };
  }

  const alignments = { name: at("links.txt"), read: () => readLines(at("links.txt")) };

  test.each<[string, TokenizerSettings]>([
    ["bpe", { kind: "bpe", size: 30 }],
    ["char", { kind: "char" }],
    ["word", { kind: "word", size: 20 }],
  ])("belong to the pairs that are kept (%s)", async (_, settings) => {
    const tokenizers = tokenizersOf(settings);
    writeFileSync(at("links.txt"), "1-0 0-1\n\n0-0\n0-1\n");
    const limits = { maxLength: 15 };
    await encodeCorpus(pairReader(source), tokenizers, await OutputFile.create(at("ids")), limits);
    const sink = await OutputFile.create(at("links"));
    await encodeLinks({ pairs: pairReader(source), alignments }, tokenizers, sink, limits);
    const corpus = EncodedCorpus.open(openBytes(at("ids")));
    expect(corpus.pairs).toBe(2);
    const read = CorpusLinks.open(openBytes(at("links")), corpus.pairs);
    // With a sign before each source, the words that links name stand one place further on.
    const moved = await OutputFile.create(at("moved"));
    const signs = { sourceStart: true, sourceEnd: true };
    const linked = { pairs: pairReader(source), alignments };
    await encodeLinks(linked, tokenizers, moved, { ...limits, signs });
    const behind = CorpusLinks.open(openBytes(at("moved")), corpus.pairs);
    expect([...behind.of(0)]).toEqual(
      Array.from(read.of(0), (place, index) => (index % 2 === 0 ? place + 1 : place)),
    );
    behind.close();
    const first = tokenizers.source.encode("a bc d");
    const second = tokenizers.target.encode("bc, a");
    const named = (links: Uint32Array) =>
      Array.from({ length: links.length / 2 }, (_, index) =>
        [first.tokens[links[2 * index] as number], second.tokens[links[2 * index + 1] as number]]
          .map((token) => token?.replace("\u2581", ""))
          .join("~"),
      );
    const text = named(read.of(0));
    // Every token of "bc" is linked to every token of "bc,", and that of "a" to "a".
    expect(text.at(-1)).toBe("a~a");
    expect(new Set(text.map((link) => link.split("~")[0])).has("d")).toBe(false);
    expect(text.length).toBeGreaterThan(1);
    expect(
      text
        .slice(0, -1)
        .map((link) => link.split("~")[1])
        .join(""),
    ).toContain(",");
    expect(read.of(1)).toHaveLength(2);
    corpus.close();
  });

  test("have to be as many lines as pairs, and of the Pharaoh format", async () => {
    const tokenizers = tokenizersOf({ kind: "char" });
    const encode = async () => {
      const sink = await OutputFile.create(at("links"));
      const linked = { pairs: pairReader(source), alignments };
      await encodeLinks(linked, tokenizers, sink, { maxLength: 99 });
    };
    writeFileSync(at("links.txt"), "0-0\n\n0-0\n");
    await expect(encode()).rejects.toThrow(
      /^.*links.txt: it has 3 lines and .*pairs.tsv 4 pairs; give one line for each/,
    );
    writeFileSync(at("links.txt"), "0-0\n\n0-0\n0-0\n0-0\n");
    await expect(encode()).rejects.toThrow(/it has 5 lines/);
    writeFileSync(at("links.txt"), "0:0\n\n\n\n");
    await expect(encode()).rejects.toThrow(/links.txt:1 contains "0:0", which is not a link/);
    writeFileSync(at("links.txt"), "0-0\n\n\n5-0\n");
    await expect(encode()).rejects.toThrow(
      /links.txt:4: the link 5-0 is of a word that is not there/,
    );
  });

  test("of another corpus are noticed", () => {
    writeFileSync(at("short"), "12345678");
    expect(() => CorpusLinks.open(openBytes(at("short")), 3)).toThrow(
      /short: it does not hold the links of 3 pairs; train again from the corpus/,
    );
  });
});
