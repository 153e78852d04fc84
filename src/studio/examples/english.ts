/** @file English sentences to try with a model that writes Chinese, each with its meaning. */

import type { Example, ExampleGroup } from "./example.ts";

const sentence = (text: string, zh: string): Example => ({ text, meaning: { zh } });

export const englishExamples: readonly ExampleGroup[] = [
  {
    name: { en: "Short", zh: "短句" },
    examples: [
      sentence("I am a student.", "我是学生。"),
      sentence("Good morning!", "早上好！"),
      sentence("Thank you for your help.", "谢谢你的帮助。"),
      sentence("It is cold today.", "今天很冷。"),
      sentence("She is sleeping.", "她在睡觉。"),
    ],
  },
  {
    name: { en: "Questions", zh: "问句" },
    examples: [
      sentence("What is your name?", "你叫什么名字？"),
      sentence("Where is the station?", "车站在哪里？"),
      sentence("Do you know where he lives?", "你知道他住在哪里吗？"),
      sentence("Why are you crying?", "你为什么哭？"),
    ],
  },
  {
    name: { en: "Words change places", zh: "语序不同" },
    examples: [
      sentence("The book that I bought yesterday is very interesting.", "我昨天买的书很有意思。"),
      sentence("There is a book on the table.", "桌子上有一本书。"),
      sentence("I saw him at the station yesterday.", "我昨天在车站看见了他。"),
      sentence("The man who lives next door is a doctor.", "住在隔壁的那个男人是医生。"),
      sentence("We will leave as soon as you are ready.", "你一准备好我们就出发。"),
    ],
  },
  {
    name: { en: "Not, never, do not", zh: "否定" },
    examples: [
      sentence("I don't know who he is.", "我不知道他是谁。"),
      sentence("I have never been to Japan.", "我从来没去过日本。"),
      sentence("Don't forget to close the door.", "别忘了关门。"),
    ],
  },
  {
    name: { en: "Numbers and names", zh: "数字与人名地名" },
    examples: [
      sentence("Tom is thirty years old.", "汤姆三十岁。"),
      sentence("I have two brothers and a sister.", "我有两个兄弟和一个姐妹。"),
      sentence("We lived in Japan for three years.", "我们在日本住了三年。"),
      sentence("Beijing is the capital of China.", "北京是中国的首都。"),
    ],
  },
  {
    name: { en: "Two clauses", zh: "两个分句" },
    examples: [
      sentence("The weather is nice today. Let's go to the park.", "今天天气很好，我们去公园吧。"),
      sentence("If it rains tomorrow, I will stay at home.", "如果明天下雨，我就待在家里。"),
      sentence("He was ill, so he did not go to work.", "他病了，所以没去上班。"),
    ],
  },
  {
    name: { en: "As people type", zh: "随手输入：小写、无标点" },
    examples: [
      sentence("i am a student", "我是学生。"),
      sentence("where are you from", "你是哪里人？"),
      sentence("I like coffee", "我喜欢咖啡。"),
      sentence("do you speak english?", "你会说英语吗？"),
    ],
  },
  {
    name: { en: "Hard for a small model", zh: "小模型难以译对" },
    examples: [
      sentence("It is raining cats and dogs.", "大雨倾盆。（字面意思：下猫下狗。）"),
      sentence("Time flies like an arrow.", "光阴似箭。"),
    ],
  },
];
