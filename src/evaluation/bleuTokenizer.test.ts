import { expect, test } from "vitest";
import { type BleuTokenizer, bleuTokenizers } from "./bleuTokenizer.ts";
import { wordsOf } from "./text.ts";

// The tokens are sacreBLEU 2.6.0's own.
test.each<[BleuTokenizer, string, string]>([
  ["13a", 'He said: "1,000.5 &amp; 3-4%", ok...', 'He said : " 1,000.5 & 3 - 4 % " , ok . . .'],
  ["13a", "l’été, 5. (U.S.) don't/won't", "l’été , 5 . ( U . S . ) don't / won't"],
  ["intl", 'He said: "3-4%", ok...', 'He said : " 3-4 % " , ok . . .'],
  ["intl", "l’été, 5. (U.S.) don't", "l ’ été , 5 . ( U . S . ) don ' t"],
  ["none", "Hello, world.", "Hello, world."],
  ["char", "他 喜欢😀", "他 喜 欢 😀"],
])("%s parts %s into %s", (tokenizer, line, tokens) => {
  expect(wordsOf(bleuTokenizers[tokenizer](line)).join(" ")).toBe(tokens);
});
