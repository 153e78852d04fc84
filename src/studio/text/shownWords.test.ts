import { afterEach, describe, expect, it, vi } from "vitest";
import { shownWords } from "./shownWords.ts";

const parted = (tokens: string[], words = [{ text: "我们", start: 0, end: tokens.length }]) =>
  shownWords(tokens, words).map(({ text, start, end }) => [text, start, end]);

describe("words that no spaces part", () => {
  it("are joined of their tokens", () => {
    expect(parted(["▁我", "们", "去", "图", "书馆", "。"])).toEqual([
      ["我们", 0, 2],
      ["去", 2, 3],
      ["图书馆", 3, 5],
      ["。", 5, 6],
    ]);
  });

  it("are not parted within a token", () => {
    expect(parted(["▁我昨天", "买", "的书"])).toEqual([
      ["我昨天", 0, 1],
      ["买", 1, 2],
      ["的书", 2, 3],
    ]);
    expect(parted(["我是学", "生"])).toEqual([["我是学生", 0, 2]]);
  });

  it("take the mark of their beginning with them, also as a token by itself", () => {
    expect(parted(["▁", "学生", "们"])[0]).toEqual(["学生", 0, 2]);
  });

  it("do not reach over what is unknown", () => {
    expect(parted(["我", "<unk>", "学生"])).toEqual([
      ["我", 0, 1],
      ["<unk>", 1, 2],
      ["学生", 2, 3],
    ]);
  });

  it("stand beside words with spaces, which stay", () => {
    const words = [
      { text: "Tom,", start: 0, end: 2 },
      { text: "学生", start: 2, end: 4 },
    ];
    expect(parted(["▁Tom", ",", "▁学", "生"], words)).toEqual([
      ["Tom,", 0, 2],
      ["学生", 2, 4],
    ]);
  });
});

describe("in a browser that cannot part words", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("each token is one", () => {
    vi.stubGlobal("Intl", { ...Intl, Segmenter: undefined });
    expect(parted(["▁学", "生"])).toEqual([
      ["学", 0, 1],
      ["生", 1, 2],
    ]);
  });
});
