import { expect, test } from "vitest";
import { rustTokenizer } from "../../test/support/rustTokenizer.ts";
import { normalizeText } from "./normalize.ts";
import { learnTokenizer } from "./tokenizerOption.ts";

test("every code point is normalised as by the Rust library, by itself, after a letter and between marks", () => {
  const options = { lowercase: true };
  const json = learnTokenizer(new Map(), { kind: "char" }, options);
  const library = rustTokenizer(JSON.stringify(json)).getNormalizer();
  const different: string[] = [];
  for (let block = 0; block < 0x110000; block += 0x400) {
    const points = Array.from({ length: 0x400 }, (_, index) => block + index);
    const text = points
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
      .map((character) => `${character} A${character} o\u0327${character}\u0334\u0301`)
      .join(" ");
    if (normalizeText(text, options) !== library.normalizeString(text)) {
      different.push(`from U+${block.toString(16)} on`);
    }
  }
  expect(different).toEqual([]);
});
