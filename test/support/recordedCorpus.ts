/** @file The corpora of a record: small, and generated without code of seq2see. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npyOf, pngFile } from "./featureFiles.ts";

const words = "le chat noir dort sur un vieux pont et la pluie tombe loin du port ce soir".split(
  " ",
);

/** Random whole numbers below a limit; the same in every run. */
function numbersOf(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Pairs of a sentence and its reversed words in capitals, with the links between them. */
function pairs(count: number, next: (limit: number) => number): { line: string; links: string }[] {
  return Array.from({ length: count }, () => {
    const source = Array.from({ length: 2 + next(6) }, () => words[next(words.length)] as string);
    const target = source.toReversed().map((word) => word.toUpperCase());
    const links = source.map((_, at) => `${at}-${source.length - 1 - at}`);
    return { line: `${source.join(" ")}\t${target.join(" ")}`, links: links.join(" ") };
  });
}

const joined = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/**
 * Writes the corpora into a folder: `train.tsv` with `train.links`, `dev.tsv`, `watch.tsv`; vectors of the
 * sources' words, `words.vec`; `arrays.tsv` of rows of features, `pictures.tsv` of pictures, each with a
 * `.dev.tsv`.
 */
export function writeCorpora(folder: string): void {
  const next = numbersOf(7);
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, name), content);
  const train = pairs(240, next);
  write("train.tsv", joined(train.map(({ line }) => line)));
  write("train.links", joined(train.map(({ links }) => links)));
  const dev = pairs(24, next);
  write("dev.tsv", joined(dev.map(({ line }) => line)));
  write("dev.links", joined(dev.map(({ links }) => links)));
  write("watch.tsv", joined(dev.slice(0, 3).map(({ line }) => line)));
  const vectors = words.map((word) => {
    const numbers = Array.from({ length: 12 }, () => (next(2001) - 1000) / 4000);
    return `${word} ${numbers.join(" ")}`;
  });
  write("words.vec", joined([`${words.length} 12`, ...vectors]));

  mkdirSync(join(folder, "sources"));
  const letters = "abcde";
  const spelled = (count: number) =>
    Array.from({ length: count }, () =>
      Array.from({ length: 1 + next(4) }, () => letters[next(letters.length)] as string),
    );
  const table = (name: string, count: number, fileOf: (word: readonly string[]) => Uint8Array) => {
    const ending = name.startsWith("arrays") ? "npy" : "png";
    const lines = spelled(count).map((word, number) => {
      const file = `sources/${name}${number}.${ending}`;
      write(file, fileOf(word));
      return `${file}\t${word.join("")}`;
    });
    write(`${name}.tsv`, joined(lines));
  };
  const rows = (word: readonly string[]) =>
    npyOf(
      word.map((letter) =>
        Array.from(letters, (other) => (other === letter ? 1 : 0) + (next(201) - 100) / 1000),
      ),
    );
  const picture = (word: readonly string[]) => {
    const shade = (at: number) => letters.indexOf(word[at % word.length] as string) * 50;
    const pixels = Array.from(
      { length: 12 * 4 * 3 },
      (_, at) => shade(Math.floor(at / 9)) + next(40),
    );
    return pngFile(12, 4, Uint8Array.from(pixels));
  };
  table("arrays", 80, rows);
  table("arraysDev", 10, rows);
  table("pictures", 60, picture);
  table("picturesDev", 10, picture);
}
