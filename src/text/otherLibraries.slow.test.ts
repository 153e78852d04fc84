import { expect, test } from "vitest";
import { rustTokenizer } from "../../test/support/rustTokenizer.ts";
import { chineseCharacters } from "./chineseCharacters.ts";
import { type NormalizeOptions, normalizeText } from "./normalize.ts";
import { learnTokenizer } from "./tokenizerOption.ts";

const everyForm: readonly (readonly [string, NormalizeOptions, end: number])[] = [
  ["in lower case", { lowercase: true }, 0x110000],
  // Beyond it, no step looks at single characters.
  ["as printed Chinese", { chinese: chineseCharacters() }, 0x10000],
];

test.each(everyForm)(
  "every code point is normalised as by the Rust library, by itself, after a letter and between marks: %s",
  (_, options, end) => {
    const json = learnTokenizer(new Map(), { kind: "char" }, options);
    const library = rustTokenizer(JSON.stringify(json)).getNormalizer();
    const different: string[] = [];
    for (let block = 0; block < end; block += 0x400) {
      const points = Array.from({ length: 0x400 }, (_, index) => block + index);
      const text = points
        .filter((point) => point < 0xd800 || point > 0xdfff)
        .map((point) => String.fromCodePoint(point))
        .map(
          (character) =>
            `${character} A${character} o\u0327${character}\u0334\u0301 我${character}, "${character}好"`,
        )
        .join(" ");
      if (normalizeText(text, options) !== library.normalizeString(text)) {
        different.push(`from U+${block.toString(16)} on`);
      }
    }
    expect(different).toEqual([]);
  },
);
