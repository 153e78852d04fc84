import { describe, expect, test } from "vitest";
import { chineseCharacters } from "./chineseCharacters.ts";
import { hasHan } from "./chineseForm.ts";
import { normalizeText } from "./normalize.ts";
import { TextTokenizer } from "./tokenizer.ts";
import { learnTokenizer } from "./tokenizerOption.ts";
import { countWords, type WordCounts } from "./wordCounts.ts";

const chinese = chineseCharacters();
const form = (text: string): string => normalizeText(text, { chinese });

// Sentences of Tatoeba, Wiktionary and a corpus of dialogues, as they are.
const printed = [
  "我是学生。",
  "汤姆说：“我不知道你在说什么。”",
  "你认识Tom Smith吗？",
  "这位著名的作家在1998年写了两本书，都很好看！",
  "他在3.5公里外，下午2:30到。",
  "地址：金山路47号（虹桥商场B1层）。",
  "《红楼梦》是乾隆年间写成的。",
  "他站在瞭望台上……",
  "我借了10,000元；你呢？",
  "苹果、香蕉和橘子",
];

test.each(printed)("%s is printed Chinese, and stays as it is", (text) => {
  expect(form(text)).toBe(text);
});

test.each([
  ["我是學生", "我是学生"],
  ["為什麼她沒有來臺灣？", "为什么她没有来台湾？"],
  ["妳的頭髮後面有甚麼計畫？", "你的头发后面有什么计划？"],
  ["他看著我，我睡著了。", "他看着我，我睡着了。"],
  ["這是著名作家的名著。", "这是著名作家的名著。"],
  ["乾淨的藉口，我不瞭解。", "干净的借口，我不了解。"],
  ["請回覆，不要反覆。", "请回复，不要反复。"],
])(
  "traditional characters become simplified ones, by the word where that decides: %s",
  (text, expected) => {
    expect(form(text)).toBe(expected);
  },
);

test.each([
  ["你好,世界!你呢?", "你好，世界！你呢？"],
  ["我是学生.", "我是学生。"],
  ["嗯...好吧", "嗯……好吧"],
  ['他说:"你好!"然后走了.', "他说：“你好！”然后走了。"],
  ['他问"谁?",她说"我".', "他问“谁？”，她说“我”。"],
  ["「早安」，他說。『什麼』？", "“早安”，他说。‘什么’？"],
  ["这本书(很好)是我的;那本不是", "这本书（很好）是我的；那本不是"],
  ["ＡＢＣ公司有１２０人", "ABC公司有120人"],
  ["什么?!", "什么？！"],
  ["太好了!!!!!", "太好了！！！！！"],
  ["真的吗???你说", "真的吗？？？你说"],
  ["好,,,我来", "好，，，我来"],
  ["他说“是”!!!", "他说“是”！！！"],
])(
  "half-width punctuation beside Chinese becomes full-width, and quotation marks curl: %s",
  (text, expected) => {
    expect(form(text)).toBe(expected);
  },
);

test("spaces beside Chinese go, others stay", () => {
  expect(form("我 是 学生 。")).toBe("我是学生。");
  expect(form("你好 , 世界 !")).toBe("你好，世界！");
  expect(form("Tom Smith 是我的　朋友")).toBe("Tom Smith是我的朋友");
});

test.each([
  'Hello, world! (3.5) "well"; it\'s 10:30…',
  "“Bonjour” , dit-il. Ça va?",
  "U.S.A. and 日本 are far apart: 10.5, 3;4".replace(" 日本 ", " Japan "),
  "我觉得很好:)",
  "他有3.14和10:30两个数",
])("text of other scripts, numbers and faces stay: %s", (text) => {
  expect(form(text)).toBe(text);
});

test("long text with many quotation marks takes no time that grows with their square", () => {
  const text = '他说"好"'.repeat(20_000);
  expect(form(text)).toBe("他说“好”".repeat(20_000));
});

test("Chinese is told from other scripts by its characters", () => {
  expect(hasHan(["abc", "に日本"])).toBe(true);
  expect(hasHan(["abc", "한국어", "。"])).toBe(false);
});

describe("a tokenizer for printed Chinese", () => {
  const counts: WordCounts = new Map();
  for (const text of printed) countWords(counts, form(text));
  const json = learnTokenizer(counts, { kind: "bpe", size: 200 }, { chinese });
  const tokenizer = TextTokenizer.fromJson(JSON.parse(JSON.stringify(json)), "test");

  test("reads what people type as the text that it has learned from", () => {
    const ids = tokenizer.encodeIds("我是学生。");
    expect(tokenizer.encodeIds("我 是 學生.")).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe("我是学生。");
    expect(tokenizer.description).toMatch(/, Chinese in its standard written form$/);
  });

  test("names the words of a text whose spaces went", () => {
    const { words, ids } = tokenizer.encode("我 是 學生.");
    expect(words).toEqual([{ text: "我是学生。", start: 0, end: ids.length }]);
    expect(tokenizer.encode("我是學生.").words[0]?.text).toBe("我是學生.");
    // Each character of a word is one of the text that was read.
    expect(tokenizer.encode("我是學生...").words[0]?.text).toBe("我是学生……");
  });

  test("is refused where a file has other steps, or replaces more than a character", () => {
    const changed = (
      change: (steps: { pattern?: unknown; content?: string }[]) => void,
    ): unknown => {
      const copy = JSON.parse(JSON.stringify(json));
      change(copy.normalizer.normalizers);
      return copy;
    };
    const read = (file: unknown) => () => TextTokenizer.fromJson(file, "a.json");
    const at = 10;
    expect(read(changed((steps) => void steps.splice(at, 1)))).not.toThrow();
    expect(read(changed((steps) => void steps.splice(-3, 1)))).toThrow(
      "a.json: its normalizers for Chinese are not supported; give a tokenizer.json that seq2see wrote.",
    );
    expect(
      read(changed((steps) => void steps.splice(at, 1, { ...steps[at], content: "好好" }))),
    ).toThrow("is not supported");
  });
});
