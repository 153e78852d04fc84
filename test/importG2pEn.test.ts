/** g2p_en's layout: with its own weights where they are, and with random ones against plain arrays. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeFolderAtomically } from "../src/files/nodeFiles.ts";
import { g2pEn } from "../src/interop/layouts/g2pEn.ts";
import type { ArraySizes } from "../src/interop/layouts/layout.ts";
import { importModel } from "../src/interop/nodeForeignModel.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { Random } from "../src/tensor/random.ts";
import type { PlainArray } from "./support/npz.ts";
import { npzOf } from "./support/npz.ts";
import { affineOf, gruStep, rowOf } from "./support/plainGru.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-g2p-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports weights of the layout and translates words with them, greedily and at most 20 tokens long. */
async function pronounce(file: string, words: readonly string[]): Promise<string[]> {
  const { files } = await importModel({ layout: "g2p_en", file });
  const out = mkdtempSync(join(folder, "model-"));
  const chunks = Array.from(files, ([name, bytes]) => [name, [bytes]] as const);
  await writeFolderAtomically(out, new Map(chunks));
  const model = await Seq2Seq.load(out, { threads: 1 });
  const found = await model.translateAll(words, { maxLength: 20 });
  await model.release();
  return found.map(([best]) => best?.text ?? "");
}

const shared = join(import.meta.dirname, "../../shared/interop/g2p_en");
const isThere = existsSync(join(shared, "checkpoint20.npz"));

test.skipIf(!isThere)(
  `g2p_en's own weights pronounce every word as its own program does${isThere ? "" : ": skipped, because ../shared/interop/g2p_en is not there"}`,
  async () => {
    const rows = readFileSync(join(shared, "words.tsv"), "utf8").trimEnd().split("\n");
    const pairs = rows.map((row) => row.split("\t") as [string, string]);
    expect(pairs.length).toBe(852);
    const found = await pronounce(
      join(shared, "checkpoint20.npz"),
      pairs.map(([word]) => word),
    );
    expect(found).toEqual(pairs.map(([, phonemes]) => phonemes));
  },
);

const random = new Random(7);
const drawn = (...shape: number[]): PlainArray => ({
  shape,
  data: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
});
const arrays = {
  enc_emb: drawn(29, 5),
  dec_emb: drawn(74, 5),
  enc_w_ih: drawn(18, 5),
  enc_w_hh: drawn(18, 6),
  enc_b_ih: drawn(18),
  enc_b_hh: drawn(18),
  dec_w_ih: drawn(18, 5),
  dec_w_hh: drawn(18, 6),
  dec_b_ih: drawn(18),
  dec_b_hh: drawn(18),
  fc_w: drawn(74, 6),
  fc_b: drawn(74),
};

/** The phonemes' ids by plain arrays: the word and its end are read, then the best token is taken at each step. */
function plainIds(word: string): number[] {
  const { enc_emb, dec_emb, fc_w, fc_b } = arrays;
  const sideOf = (side: "enc" | "dec") => ({
    inputs: arrays[`${side}_w_ih`],
    states: arrays[`${side}_w_hh`],
    inputBias: arrays[`${side}_b_ih`],
    stateBias: arrays[`${side}_b_hh`],
  });
  let state = Array.from({ length: 6 }, () => 0);
  for (const id of [...Array.from(word, (letter) => letter.charCodeAt(0) - 97 + 3), 2]) {
    state = gruStep(sideOf("enc"), rowOf(enc_emb, id), state);
  }
  const ids: number[] = [];
  for (let last = 2; ids.length < 20; ) {
    state = gruStep(sideOf("dec"), rowOf(dec_emb, last), state);
    const logits = affineOf(fc_w, fc_b, state);
    // Padding and the start are never chosen.
    last = logits.reduce((best, logit, id) => {
      const isBetter = id !== 0 && id !== 2 && logit > (logits[best] as number);
      return isBetter ? id : best;
    }, 1);
    if (last === 3) break;
    ids.push(last);
  }
  return ids;
}

// The layout's vocabularies do not depend on sizes.
const { vocabularies } = g2pEn.mapping({ of: () => 6 } as unknown as ArraySizes);

test("random weights of this layout pronounce words as plain arrays do", async () => {
  const words = ["a", "banana", "dog", "quixotic", "zebra", "mississippi", "x", "house", "tree"];
  writeFileSync(join(folder, "random.npz"), npzOf(arrays));
  const found = await pronounce(join(folder, "random.npz"), words);
  const tokens = vocabularies.target.tokens ?? [];
  const expected = words.map((word) =>
    plainIds(word)
      .map((id) => tokens[id])
      .join(" "),
  );
  expect(new Set(expected).size).toBeGreaterThan(4);
  expect(found).toEqual(expected);
});
