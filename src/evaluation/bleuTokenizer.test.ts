import { expect, test } from "vitest";
import { corpusBleu } from "./bleu.ts";
import { type BleuTokenizer, bleuTokenizers, fittingBleuTokenizer } from "./bleuTokenizer.ts";
import { corpusChrf } from "./chrf.ts";
import { wordsOf } from "./text.ts";

test("an option that does not exist is refused, and so is a tokenizer", () => {
  const [one, other] = [["a b c d"], [["a b c d"]]];
  expect(() => corpusBleu(one, other, { tokeniser: "zh" } as object)).toThrow(
    /tokeniser.*tokenizer/,
  );
  expect(() => corpusChrf(one, other, { order: 2 } as object)).toThrow(/no such option of chrF/);
  expect(() => corpusBleu(one, other, { tokenizer: "foo" as "zh" })).toThrow(
    /tokenizer: foo: give 13a, none, char, intl, zh|tokenizer: "foo": give 13a/,
  );
});

// The tokens are sacreBLEU 2.6.0's own; those of zh follow from the rules in its source.
test.each<[BleuTokenizer, string, string]>([
  ["13a", 'He said: "1,000.5 &amp; 3-4%", ok...', 'He said : " 1,000.5 & 3 - 4 % " , ok . . .'],
  ["13a", "l’été, 5. (U.S.) don't/won't", "l’été , 5 . ( U . S . ) don't / won't"],
  ["intl", 'He said: "3-4%", ok...', 'He said : " 3-4 % " , ok . . .'],
  ["intl", "l’été, 5. (U.S.) don't", "l ’ été , 5 . ( U . S . ) don ' t"],
  ["none", "Hello, world.", "Hello, world."],
  ["char", "他 喜欢😀", "他 喜 欢 😀"],
  [
    "zh",
    "我在2024-05-01用Python 3.10写了“代码”，真的。",
    "我 在 2024 - 05 - 01 用 Python 3.10 写 了 “ 代 码 ” ， 真 的 。",
  ],
  ["zh", "價格是$1,000.50（約）don't…OK?", "價 格 是 $ 1,000.50 （ 約 ） don't … OK ?"],
  ["zh", "\u3000.5 好 ", ".5 好"],
  ["zh", "さくらはきれい 𠀀字 a-b 3-4 ,x．Ａ", "さくらはきれい 𠀀 字 a-b 3 - 4 , x ． Ａ"],
])("%s parts %s into %s", (tokenizer, line, tokens) => {
  expect(wordsOf(bleuTokenizers[tokenizer](line)).join(" ")).toBe(tokens);
});

test.each<[BleuTokenizer, string[]]>([
  ["13a", []],
  ["13a", ["Two dogs run.", "두 개가 달린다"]],
  ["13a", ["两 只 狗 在 雪地 里 奔跑 。"]],
  ["zh", ["两只狗在雪地里奔跑。", "用Python写"]],
  ["char", ["二匹の犬が雪の中を走る。"]],
  ["char", ["สุนัขสองตัววิ่งบนหิมะ"]],
])("%s fits %j", (tokenizer, texts) => {
  expect(fittingBleuTokenizer(texts)).toBe(tokenizer);
});
