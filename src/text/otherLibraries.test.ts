import { Tokenizer as JavaScriptTokenizer } from "@huggingface/tokenizers";
import { beforeAll, describe, expect, test } from "vitest";
import { oddCharacters, oddTexts } from "../../test/support/oddTexts.ts";
import { rustTokenizer } from "../../test/support/rustTokenizer.ts";
import { Random } from "../tensor/random.ts";
import { chineseCharacters } from "./chineseCharacters.ts";
import { type NormalizeOptions, normalizeText } from "./normalize.ts";
import { TextTokenizer } from "./tokenizer.ts";
import { learnTokenizer, type TokenizerSettings } from "./tokenizerOption.ts";
import { countWords, type WordCounts } from "./wordCounts.ts";

/** Learns from odd texts, and yields the file that is written. */
function learn(settings: TokenizerSettings, options: NormalizeOptions): string {
  const counts: WordCounts = new Map();
  for (const text of oddTexts(2000, new Random(2))) {
    countWords(counts, normalizeText(text, options));
  }
  return JSON.stringify(learnTokenizer(counts, settings, options));
}

// What spells a special token is one to other libraries, and never to us (`tokenizer.test.ts`).
const texts = oddTexts(10_000, new Random(1)).filter((text) => !/<pad>|<unk>|<\/?s>/i.test(text));
const late = new Set((oddCharacters["late marks"] ?? []).flatMap((text) => [...text].slice(0, 2)));

const everySetting: [string, TokenizerSettings, NormalizeOptions][] = [
  ["word", { kind: "word", size: 2000 }, {}],
  ["word, lower-cased", { kind: "word", size: 2000 }, { lowercase: true }],
  ["word:split", { kind: "word", size: 2000, splitPunctuation: true }, {}],
  [
    "word:split, lower-cased",
    { kind: "word", size: 2000, splitPunctuation: true },
    { lowercase: true },
  ],
  ["char", { kind: "char", size: 300 }, {}],
  ["char, lower-cased", { kind: "char", size: 300 }, { lowercase: true }],
  ["bpe", { kind: "bpe", size: 600 }, {}],
  ["bpe, lower-cased", { kind: "bpe", size: 600 }, { lowercase: true }],
];

test("Chinese as people type it is brought to its standard written form as by the other libraries", () => {
  const options = { chinese: chineseCharacters() };
  const text = JSON.stringify(learnTokenizer(new Map(), { kind: "char" }, options));
  const rust = rustTokenizer(text).getNormalizer();
  const script = new JavaScriptTokenizer(JSON.parse(text), { clean_up_tokenization_spaces: false });
  const random = new Random(7);
  const parts = [
    ..."我是學生後著名乾隆瞭解藉口回覆甚麼計畫鱻𠀀ＡＢ１２｡「」『』…—·‧〇々，。？！：；、（）《》“”‘’",
    ...'aZ1é,,..??!!;:()[]"""\'-/',
    " ",
    " ",
    "\u3000",
    "\n",
    "\u0301",
    "...",
    "!!!!",
    "???",
  ];
  const different: unknown[] = [];
  for (let count = 0; count < 3000; count++) {
    const typed = Array.from(
      { length: 1 + random.integer(24) },
      () => parts[random.integer(parts.length)] as string,
    ).join("");
    const own = normalizeText(typed, options);
    const others = [rust.normalizeString(typed), script.normalizer?.(typed)];
    if (others.some((other) => other !== own)) different.push({ typed, own, others });
  }
  expect(different.slice(0, 3)).toEqual([]);
}, 30_000);

describe.each(everySetting)(
  "a tokenizer.json of %s, with 10,000 odd texts",
  (_, settings, options) => {
    let json: string;
    let own: TextTokenizer;
    let ids: number[][];
    beforeAll(() => {
      json = learn(settings, options);
      own = TextTokenizer.fromJson(JSON.parse(json), "test");
      ids = texts.map((text) => own.encodeIds(text));
    });

    /** Returns the first texts with which another library does something else, with both results. */
    const differences = <Result>(
      ours: readonly Result[],
      theirs: readonly Result[],
      which: (text: string) => boolean = () => true,
    ): unknown[] =>
      texts
        .map((text, at) => ({ text, ours: ours[at], theirs: theirs[at] }))
        .filter((each) => which(each.text) && String(each.ours) !== String(each.theirs))
        .slice(0, 5);

    test("is read by the Rust library as here: the same ids, and the same text from them", async () => {
      const library = rustTokenizer(json);
      const encodings = await library.encodeBatch(texts);
      expect(
        differences(
          ids,
          encodings.map((encoding) => encoding.getIds()),
        ),
      ).toEqual([]);
      const decoded = ids.map((each) => own.decode(each));
      expect(differences(decoded, await library.decodeBatch(ids, false))).toEqual([]);
    });

    test("is read by the JavaScript library as here, but for what its engine's Unicode is newer in", () => {
      const library = new JavaScriptTokenizer(JSON.parse(json), {
        clean_up_tokenization_spaces: false,
        unk_token: "<unk>",
      });
      const isOld = (text: string): boolean => ![...text].some((character) => late.has(character));
      // Text that comes from UTF-8 has no halves of surrogate pairs.
      const theirs = texts.map(
        (text): number[] => library.encode(text.replace(/\p{Surrogate}/gu, "\uFFFD")).ids,
      );
      expect(differences(ids, theirs, isOld)).toEqual([]);
      const decode = (each: number[]): string => (each.length > 0 ? library.decode(each) : "");
      expect(
        differences(
          ids.map((each) => own.decode(each)),
          ids.map(decode),
        ),
      ).toEqual([]);
    });
  },
);
