import { expect, test } from "vitest";
import { charactersOf, letterCharactersOf, scriptOf, type TextScript } from "./textUnit.ts";

const words: TextScript = { unit: "words", isChinese: false };
const characters: TextScript = { unit: "characters", isChinese: false };
const chineseCharacters: TextScript = { unit: "characters", isChinese: true };

test.each<[string, string[], TextScript]>([
  ["no text at all", [], words],
  ["blank text", ["", "  "], words],
  ["English", ["two dogs run", "3.14"], words],
  ["digits and marks only", ["1987-03-03", "?!"], words],
  ["Korean, which has spaces", ["두 개가 달린다", "눈이 온다"], words],
  ["Hindi", ["दो कुत्ते दौड़ते हैं"], words],
  ["Chinese", ["两只狗在雪地里奔跑。", "他来了"], chineseCharacters],
  ["Chinese of single characters", ["一", "二", "〇"], chineseCharacters],
  ["Chinese with a Japanese name", ["他在の商店买了东西又回家去了"], chineseCharacters],
  ["Chinese with longer words of Latin letters", ["我用TensorFlow和PyTorch"], chineseCharacters],
  ["Chinese that is cut into words", ["两 只 狗 在 雪地 里 奔跑 。"], words],
  ["Chinese numerals with spaces between", ["一 二 三"], words],
  ["Japanese", ["二匹の犬が雪の中を走る。"], characters],
  ["Japanese in katakana", ["コーヒー"], characters],
  ["Thai, with spaces between sentences", ["สุนัขสองตัววิ่งบนหิมะ แมวนอน"], characters],
  ["Thai that is cut into words", ["สุนัข สอง ตัว วิ่ง บน หิมะ"], words],
  ["Khmer", ["ឆ្កែពីរក្បាលរត់"], characters],
  ["Lao", ["ໝາສອງໂຕແລ່ນ"], characters],
  ["Burmese", ["ခွေးနှစ်ကောင်ပြေးသည်"], characters],
  ["English with a Chinese word", ["the word 中国 means China", "a dog runs"], words],
])("%s", (_, texts, script) => {
  expect(scriptOf(texts)).toEqual(script);
});

test.each([
  ["我喜欢Python，真的。", ["我", "喜", "欢", "Python", "，", "真", "的", "。"]],
  ["π是3.14, don't ok?", ["π", "是", "3.14", ",", "don't", "ok", "?"]],
  ["ที่ บ้าน", ["ที่", "บ้", "า", "น"]],
  ["が\u3099ー😀𠀀", ["が\u3099", "ー", "😀", "𠀀"]],
  ["", []],
])("%s is cut into %j", (text, expected) => {
  expect(charactersOf(text)).toEqual(expected);
});

test("marks can be left out", () => {
  expect(letterCharactersOf("我喜欢Python 3，真的。")).toEqual([
    "我",
    "喜",
    "欢",
    "Python",
    "3",
    "真",
    "的",
  ]);
});
