import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { checkTokenizerJson } from "./tokenizerCheck.ts";
import { learnTokenizer, type TokenizerSettings } from "./tokenizerOption.ts";

const counts = new Map([
  ["lala.", 4],
  ["toString", 2],
  ["__proto__", 2],
  ["constructor", 2],
]);
const settings: [string, TokenizerSettings][] = [
  ["words", { kind: "word", size: 50 }],
  ["words and marks", { kind: "word", size: 50, splitPunctuation: true }],
  ["letters", { kind: "char" }],
  ["pieces", { kind: "bpe", size: 60 }],
];
const written = (kind: TokenizerSettings, lowercase = false) =>
  JSON.parse(JSON.stringify(learnTokenizer(counts, kind, { lowercase })));
const refusal = (json: unknown): string => {
  try {
    checkTokenizerJson(json, "a.json");
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    const { message } = error as UserError;
    expect(message).toMatch(/^a\.json: [^\n]+; give a tokenizer\.json that seq2see wrote\.$/);
    return message;
  }
  return "none";
};

describe.each(settings)("what is written for %s", (_, kind) => {
  test.each([false, true])("is taken, small letters: %s", (lowercase) => {
    const json = written(kind, lowercase);
    expect(checkTokenizerJson(json, "a.json")).toBe(json);
  });
  test("is taken with its keys in another order", () => {
    const turned = (value: unknown): unknown =>
      typeof value !== "object" || value === null
        ? value
        : Array.isArray(value)
          ? value.map(turned)
          : Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, part]) => [key, turned(part)]),
            );
    expect(refusal(turned(written(kind)))).toBe("none");
  });
  test.each<[string, object, string]>([
    [
      "a pattern that takes for ever",
      { type: "Replace", pattern: { Regex: "(a+)+$" }, content: "" },
      'normalizer 1, {"type":"Replace","pattern":{"Regex":"(a+)+$"},"content":""}, is not supported',
    ],
    [
      "a known pattern with another content",
      { type: "Replace", pattern: { Regex: "\\A | \\z" }, content: "_" },
      "normalizer 1, {",
    ],
    [
      "a step that is not done here",
      { type: "NFKC" },
      'normalizer 1, {"type":"NFKC"}, is not supported',
    ],
    ["a step that is none", [], "normalizer 1, [], is not supported"],
    [
      "steps in steps",
      { type: "Sequence", normalizers: [{ type: "Lowercase" }] },
      "normalizer 1, {",
    ],
  ])("is refused with %s", (_what, step, message) => {
    const json = written(kind);
    json.normalizer.normalizers.unshift(step);
    expect(refusal(json)).toContain(message);
  });
  test.each<[string, object, string]>([
    [
      "a pattern that takes for ever",
      {
        pre_tokenizer: {
          type: "Split",
          pattern: { Regex: "(a+)+$" },
          behavior: "Isolated",
          invert: false,
        },
      },
      'its pre_tokenizer {"type":"Split","pattern":{"Regex":"(a+)+$"}',
    ],
    ["GPT-2's cut", { pre_tokenizer: { type: "ByteLevel" } }, "its pre_tokenizer {"],
    ["another decoder", { decoder: { type: "ByteLevel" } }, "its decoder {"],
    ["a text for a decoder", { decoder: "Fuse" }, "its decoder Fuse is not supported"],
    ["a post-processor", { post_processor: { type: "ByteLevel" } }, "its post_processor is set"],
    ["a cut at a length", { truncation: { max_length: 3 } }, "its truncation is set"],
    ["no normaliser", { normalizer: null }, "it has no sequence of normalizers"],
    ["no added tokens", { added_tokens: [null] }, "it has no list of added_tokens"],
    ["no model", { model: null }, "not a tokenizer"],
  ])("is refused with %s", (_what, part, message) => {
    expect(refusal({ ...written(kind), ...part })).toContain(message);
  });
});

test("parts of two kinds do not go together", () => {
  const [words, letters] = [written({ kind: "word", size: 50 }), written({ kind: "char" })];
  const message = "its pre_tokenizer, model and decoder do not match";
  expect(refusal({ ...words, model: letters.model })).toContain(message);
  expect(refusal({ ...words, decoder: letters.decoder })).toContain(message);
});

describe("a model of pieces", () => {
  const json = written({ kind: "bpe", size: 60 });
  const withModel = (part: object) => ({ ...json, model: { ...json.model, ...part } });
  test.each<[string, object, string]>([
    ["bytes for what is unknown", { byte_fallback: true }, "its model's byte_fallback is true"],
    ["pieces left out by chance", { dropout: 0.1 }, "its model's dropout is 0.1"],
    ["another unknown token", { unk_token: "<pad>" }, "its model's unk_token is <pad>"],
    ["no merges", { merges: undefined }, "it has no list of merges"],
    [
      "a merge of a letter that is none",
      { merges: [["l", "Q"]] },
      "merge 1 does not join two tokens",
    ],
    ["a merge of what every object has", { merges: [["l", "valueOf"]] }, "merge 1 does not join"],
    ["a merge that is a number", { merges: [3] }, "merge 1 does not join two tokens"],
    ["ids with a gap", { vocab: { ...json.model.vocab, far: 999 } }, "without a gap"],
    ["an id that is a text", { vocab: { ...json.model.vocab, l: "7" } }, "without a gap"],
    ["a list for a vocabulary", { vocab: [] }, "it has no vocabulary"],
  ])("is refused with %s", (_, part, message) => {
    expect(refusal(withModel(part))).toContain(message);
  });
  test("may have its merges as texts, as they were written some years ago", () => {
    const merges = json.model.merges.map((pair: string[]) => pair.join(" "));
    expect(merges.length).toBeGreaterThan(0);
    expect(refusal(withModel({ merges }))).toBe("none");
  });
});
