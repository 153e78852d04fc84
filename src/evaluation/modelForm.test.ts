import { expect, test } from "vitest";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../text/tokenizerOption.ts";
import { ModelForm } from "./modelForm.ts";

test("a reference in capitals becomes what a model of lower case writes, Greek too", () => {
  const counts = new Map([
    ["οδοσ", 2],
    ["καλοσ", 2],
  ]);
  const json = learnTokenizer(counts, parseTokenizerOption("word:20"), { lowercase: true });
  const tokenizer = TextTokenizer.fromJson(json, "greek");
  const written = tokenizer.decode(tokenizer.encodeIds("ΟΔΟΣ ΚΑΛΟΣ"));
  expect(written).toBe("οδοσ καλοσ");
  expect(ModelForm.of(tokenizer).textOf("ΟΔΟΣ ΚΑΛΟΣ")).toBe(written);
});
