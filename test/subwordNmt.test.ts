/** Outputs of models whose pieces are subword-nmt's. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tokenWords } from "../src/decoding/alignment.ts";
import { replaceUnknown } from "../src/decoding/unknownWords.ts";
import { takeVocabulary } from "../src/interop/vocabulary.ts";
import { unknownId } from "../src/tensor/specialIds.ts";

const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "reference/interop", name)));

test("an unknown token among subword-nmt's pieces is a word by itself", () => {
  const files = new Map([
    ["codes.txt", bytesOf("codes.txt")],
    ["list.txt", bytesOf("codes.vocabulary.txt")],
  ]);
  const specification = { codes: "codes.txt", file: "list.txt" };
  const { tokenizer } = takeVocabulary({ specification, files, name: "list.txt" });
  const ids = [
    ...tokenizer.encodeIds("the"),
    unknownId,
    ...tokenizer.encodeIds("longest"),
    unknownId,
  ];
  expect(tokenizer.decode(ids)).toBe("the <unk> longest <unk>");
  expect(tokenWords(tokenizer, ids)).toHaveLength(4);
  const attention = ids.map(() => [1]);
  const source = { tokens: ["x"], words: [{ text: "Zoë", start: 0, end: 1 }] };
  expect(replaceUnknown(tokenizer, { ids, attention }, source)).toBe("the Zoë longest Zoë");
});
