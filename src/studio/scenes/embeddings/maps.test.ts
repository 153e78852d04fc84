import { expect, test } from "vitest";
import { specialTokens } from "../../../text/specialTokens.ts";
import type { TextTokenizer } from "../../../text/tokenizer.ts";
import { frequentEntries } from "./maps.ts";

const shown = (kind: TextTokenizer["kind"], entries: readonly string[]) => {
  const tokens = [...specialTokens, ...entries];
  const tokenizer = { kind, size: tokens.length, tokenOf: (id: number) => tokens[id] };
  const found = frequentEntries(tokenizer as unknown as TextTokenizer);
  return [found.entries, found.ids.map((id) => tokens[id]).join(" ")];
};

test("words and letters are all shown", () => {
  expect(shown("word", ["le", "chat"])).toEqual(["all", "le chat"]);
});

test("of pieces those that begin a word are shown", () => {
  const pieces = ["a", "▁", "▁a", "▁le", "es", "▁chat", "▁4"];
  expect(shown("bpe", pieces)).toEqual(["beginning", "▁le ▁chat"]);
});

test("of Chinese pieces those within sentences are shown, single characters and longer ones", () => {
  const pieces = ["▁", "a", "我", "的", "。", "一个", "▁汤姆", "▁我", "汤姆", "电影"];
  expect(shown("bpe", pieces)).toEqual(["unspaced", "我 一个 的 汤姆 电影"]);
});
