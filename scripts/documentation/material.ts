/** @file Small files under the names that the documentation gives to those of its readers. */

import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { pngFile } from "../../test/support/featureFiles.ts";
import { npzOf } from "../../test/support/npz.ts";

type Pair = readonly [french: string, english: string];

const subjects: readonly Pair[] = [
  ["un homme", "a man"],
  ["une femme", "a woman"],
  ["le chien", "the dog"],
  ["la fille", "the girl"],
  ["mon père", "my father"],
];
const verbs: readonly Pair[] = [
  ["dort", "sleeps"],
  ["mange", "eats"],
  ["court", "runs"],
  ["attend", "waits"],
];
const places: readonly Pair[] = [
  [".", "."],
  ["dans la maison .", "in the house ."],
  ["sur le pont .", "on the bridge ."],
  ["près de la gare aujourd'hui .", "near the station today ."],
];

/** All sentences, so mixed that each part has all words. */
const sentences: readonly Pair[] = subjects
  .flatMap((subject) =>
    verbs.flatMap((verb) =>
      places.map((place): Pair => {
        const parts = [subject, verb, place];
        return [parts.map(([word]) => word).join(" "), parts.map(([, word]) => word).join(" ")];
      }),
    ),
  )
  .map((pair, index) => ({ pair, key: (index * 37) % 80 }))
  .toSorted((one, other) => one.key - other.key)
  .map(({ pair }) => pair);

const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join("\t")}\n`).join("");

const words = (side: 0 | 1): string[] => [
  ...new Set(sentences.flatMap((pair) => pair[side].split(" "))),
];

/** Vectors of so many numbers for some words, as text. */
function vectorText(all: readonly string[], size: number): string {
  const row = (word: string, at: number): string =>
    [word, ...Array.from({ length: size }, (_, axis) => Math.sin(at * 7 + axis).toFixed(4))].join(
      " ",
    );
  return `${all.length} ${size}\n${all.map((word, at) => `${row(word, at)}\n`).join("")}`;
}

function picture(number: number): Uint8Array {
  const side = 32;
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, at) => (at * 7 * number) % 256);
  return pngFile(side, side, pixels, 3);
}

/** Weights of another program, by the shapes of its arrays. */
function weights(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  return npzOf(
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const data = Array.from({ length: count }, (_, at) => Math.sin(at * 3 + name.length));
        return [name, { shape, data }];
      }),
    ),
  );
}

/** A GRU with four units of each side as g2p_en's file has it. */
const pronouncing = weights({
  enc_emb: [29, 4],
  dec_emb: [74, 4],
  ...Object.fromEntries(
    ["enc", "dec"].flatMap((side) => [
      ...["w_ih", "w_hh"].map((name) => [`${side}_${name}`, [12, 4]]),
      ...["b_ih", "b_hh"].map((name) => [`${side}_${name}`, [12]]),
    ]),
  ),
  fc_w: [74, 4],
  fc_b: [74],
});

const notebookTokens = ["SOS", "EOS", ...words(0).slice(0, 8)];

/** The model of a notebook with four units. */
const notebook = weights({
  ...Object.fromEntries(
    ["encoder", "decoder"].flatMap((part) => [
      [`${part}.embedding.weight`, [notebookTokens.length, 4]],
      [`${part}.gru.weight_ih_l0`, [12, part === "encoder" ? 4 : 8]],
      [`${part}.gru.weight_hh_l0`, [12, 4]],
      ...["ih", "hh"].map((side) => [`${part}.gru.bias_${side}_l0`, [12]]),
    ]),
  ),
  ...Object.fromEntries(
    ["Wa", "Ua", "Va"].flatMap((name) => [
      [`decoder.attention.${name}.weight`, [name === "Va" ? 1 : 4, 4]],
      [`decoder.attention.${name}.bias`, [name === "Va" ? 1 : 4]],
    ]),
  ),
  "decoder.out.weight": [notebookTokens.length, 4],
  "decoder.out.bias": [notebookTokens.length],
});

const captions: readonly (readonly [string, string])[] = Array.from({ length: 8 }, (_, index) => [
  `pictures/${index === 0 ? "dog" : `picture${index}`}.png`,
  sentences[index]?.[1] as string,
]);

/** The files by path; those of a block with pictures hold pictures and captions. */
function files(hasPictures: boolean): Record<string, string | Uint8Array> {
  const [train, dev, test] = [sentences.slice(0, 60), sentences.slice(60, 68), sentences.slice(68)];
  return {
    "pairs.tsv": lines(train),
    "more.tsv": lines(train.toReversed()),
    "zh-en.tsv": lines(train.map(([, english]) => ["我是學生.", english])),
    "dev.tsv": lines(hasPictures ? captions : dev),
    "test.tsv": lines(test),
    "test.fr": lines(test.map(([french]) => [french])),
    "fra.txt": lines(sentences.map(([french, english]) => [english, french, "CC-BY 2.0"])),
    "dev.tsv.gz": gzipSync(lines(dev)),
    "phrases.tsv": lines([
      ["id", "fr", "en", "count"],
      ...test.map(([french, english], at) => [String(at), french, english, "52"]),
    ]),
    "words.tsv": lines([
      ["c a t", "K AE T"],
      ["t a c k", "T AE K"],
      ["a c t", "AE K T"],
    ]),
    "cmudict.test.tsv": lines(test.flatMap(([french, english]) => [[french, english]])),
    "multi30k.fr-en.train.tsv.gz": gzipSync(lines(train)),
    "multi30k.fr-en.val.tsv.gz": gzipSync(lines(dev)),
    "multi30k.fr-en.test_2016_flickr.tsv.gz": gzipSync(lines(test)),
    "cc.fr.300.vec.gz": gzipSync(vectorText(words(0), 300)),
    "cc.en.300.vec.gz": gzipSync(vectorText(words(1), 300)),
    "questions-words.txt": ": family\nhomme femme père fille\n",
    "checkpoint20.npz": pronouncing,
    "notebook.npz": notebook,
    "source.txt": lines(notebookTokens.map((token) => [token])),
    "target.txt": lines(notebookTokens.map((token) => [token])),
    "words.json": JSON.stringify({ title: "French to English" }),
    "captions.tsv": lines(captions),
    ...Object.fromEntries(captions.map(([path], at) => [path, picture(at + 1)])),
  };
}

/** The names that pages give to models of their readers; all stand for one that is trained before. */
const models = ["my-model", "other-model", "one", "two", "three", "say", "FOLDER/my-model"];

/**
 * Writes the material of a block into a folder.
 *
 * @param root    the repository, whose models pages name as `models/…`.
 * @param trained a trained model; none yet while it is trained itself.
 */
export function writeMaterial(
  folder: string,
  { root, trained, hasPictures }: MaterialOptions,
): void {
  for (const [path, content] of Object.entries(files(hasPictures))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync(join(root, "models"), join(folder, "models"));
  if (trained === null) return;
  for (const name of models) cpSync(trained, join(folder, name), { recursive: true });
}

/** What the material is made of. */
export interface MaterialOptions {
  readonly root: string;
  readonly trained: string | null;
  readonly hasPictures: boolean;
}
