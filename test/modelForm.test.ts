import { expect, test } from "vitest";
import { ModelForm } from "../src/evaluation/modelForm.ts";
import { learnCharacters } from "../src/text/characterLearner.ts";
import { chineseCharacters } from "../src/text/chineseCharacters.ts";
import { TextTokenizer } from "../src/text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../src/text/tokenizerOption.ts";

const tokenizerOf = (counts: Record<string, number>, lowercase = false): TextTokenizer =>
  TextTokenizer.fromJson(learnCharacters(new Map(Object.entries(counts)), { lowercase }), "t");
const cased = ModelForm.of(tokenizerOf({ Ab: 1, é: 1 }));
const lowered = ModelForm.of(tokenizerOf({ Ab: 1 }, true));

test.each([
  ["spaces of other kinds", "va\u202f!\u00a0\ufeff", "va !"],
  ["several spaces, and those at the ends", " a  b ", "a b"],
  ["decomposed letters", "e\u0301te\u0301", "été"],
  ["the mark of spaces in pieces", "a\u2581b", "a b"],
])("%s are brought into the form that a model writes", (_, text, expected) => {
  expect(cased.textOf(text)).toBe(expected);
});

test.each(["Capitals", "“marks” — stay…", "zero\u200bwidth", "１２", "ﬁ", "不在 x"])(
  "what a model can write, or its vocabulary merely lacks, stays: %s",
  (text) => {
    expect(cased.textOf(text)).toBe(text);
  },
);

test("capitals become small where the model has small letters only", () => {
  expect(cased.isLowercase).toBe(false);
  // Letter by letter, as its tokenizer reads: only JavaScript makes the last Σ of a word a ς.
  expect(lowered.textOf("ÉTÉ\u00a0ΣΑΣ Σας")).toBe("été σασ σας");
  // Its corpus was in small letters, so that no token has a capital.
  expect(ModelForm.of(tokenizerOf({ ab: 1 })).textOf("Ab")).toBe("ab");
  expect(ModelForm.of(tokenizerOf({ "1987": 1 })).textOf("1987")).toBe("1987");
});

test.each(["word:100", "word:100:split", "char", "bpe:100"])(
  "a text in the form of a model of %s comes out of its tokens as it went in",
  (option) => {
    const text = "Va\u202f! « C'e\u0301tait » (l’e\u0301te\u0301),  là ΟΔΟΣ";
    const form = (lowercase: boolean): void => {
      const counts = new Map(
        text
          .normalize("NFC")
          .split(/\s+/u)
          .map((word) => [lowercase ? word.replaceAll("Σ", "σ").toLowerCase() : word, 9]),
      );
      const json = learnTokenizer(counts, parseTokenizerOption(option), { lowercase });
      const tokenizer = TextTokenizer.fromJson(json, "t");
      const written = ModelForm.of(tokenizer).textOf(text);
      expect(tokenizer.decode(tokenizer.encodeIds(text))).toBe(written);
      expect(ModelForm.of(tokenizer).textOf(written)).toBe(written);
    };
    form(false);
    form(true);
  },
);

test("lower case that is asked for is that of the model's tokenizer", () => {
  expect(lowered.textOf("ΛΌΓΟΣ", { lowercase: true })).toBe("λόγοσ");
  expect(cased.textOf("ÉTÉ", { lowercase: true })).toBe("été");
});

test("what rules for Chinese change in several turns is changed to the end", () => {
  const chinese = chineseCharacters();
  const json = learnCharacters(new Map([["你好", 1]]), { chinese });
  const form = ModelForm.of(TextTokenizer.fromJson(json, "t"));
  for (const text of ["一只猫？???-回复", "你好! . 再见", "你好!!!!!!!!!!!!!!!!!!!!"]) {
    const written = form.textOf(text);
    expect(form.textOf(written)).toBe(written);
    expect(written).not.toMatch(/[!?]/);
  }
});

test("references that are not in the form are counted by what differs", () => {
  const references = [
    ["a\u202fb", "Ab", "plain text", undefined],
    [undefined, "E\u0301\u00a0x", " two  spaces ", "ok"],
  ];
  const counted = { references: 6, capitals: 2, decomposed: 1, whiteSpace: 2 };
  expect(lowered.differencesOf(references, false)).toEqual(counted);
  expect(lowered.differencesOf(references, true)).toEqual({ ...counted, capitals: 0 });
  expect(cased.differencesOf(references, false)).toEqual({ ...counted, capitals: 0 });
  expect(lowered.differencesOf([["plain", undefined]], false)).toBeNull();
});
