/** @file Chinese sentences to try, each with its meaning; most of them in words that everyday models know. */

import type { Example, ExampleGroup } from "./example.ts";

const sentence = (text: string, en: string): Example => ({ text, meaning: { en } });

export const chineseExamples: readonly ExampleGroup[] = [
  {
    name: { en: "Short", zh: "短句" },
    examples: [
      sentence("我是学生。", "I am a student."),
      sentence("你好！", "Hello!"),
      sentence("谢谢你的帮助。", "Thank you for your help."),
      sentence("今天很冷。", "It is cold today."),
      sentence("我饿了。", "I am hungry."),
    ],
  },
  {
    name: { en: "Questions", zh: "问句" },
    examples: [
      sentence("你叫什么名字？", "What is your name?"),
      sentence("车站在哪里？", "Where is the station?"),
      sentence("你知道他住在哪里吗？", "Do you know where he lives?"),
      sentence("你为什么哭？", "Why are you crying?"),
    ],
  },
  {
    name: { en: "Words change places", zh: "语序不同" },
    examples: [
      sentence("我昨天买的书很有意思。", "The book that I bought yesterday is very interesting."),
      sentence("桌子上有一本书。", "There is a book on the table."),
      sentence("站在门口的那个男人是谁？", "Who is the man standing at the door?"),
      sentence("我在北京工作的时候认识了她。", "I got to know her when I worked in Beijing."),
      sentence("这是我见过的最大的狗。", "This is the biggest dog that I have ever seen."),
    ],
  },
  {
    name: { en: "Not, never, do not", zh: "否定" },
    examples: [
      sentence("我不知道他是谁。", "I do not know who he is."),
      sentence("他昨天没来学校。", "He did not come to school yesterday."),
      sentence("别忘了关门。", "Do not forget to close the door."),
    ],
  },
  {
    name: { en: "Numbers and names", zh: "数字与人名地名" },
    examples: [
      sentence("汤姆今年三十岁。", "Tom is thirty years old this year."),
      sentence("我有两个哥哥和一个妹妹。", "I have two older brothers and a younger sister."),
      sentence("我们在日本住了三年。", "We lived in Japan for three years."),
      sentence("北京是中国的首都。", "Beijing is the capital of China."),
    ],
  },
  {
    name: { en: "Two clauses", zh: "两个分句" },
    examples: [
      sentence("今天天气很好，我们去公园吧。", "The weather is nice today. Let's go to the park."),
      sentence("如果明天下雨，我就待在家里。", "If it rains tomorrow, I will stay at home."),
      sentence("因为他病了，所以没去上班。", "He did not go to work because he was ill."),
    ],
  },
  {
    name: { en: "As people type", zh: "随手输入：繁体、半角、无标点" },
    examples: [
      sentence("我是學生。", "I am a student. (Traditional characters.)"),
      sentence("你會說英語嗎？", "Can you speak English? (Traditional characters.)"),
      sentence("明天你有空吗?", "Are you free tomorrow? (A question mark of half width.)"),
      sentence("我喜欢喝咖啡", "I like to drink coffee. (No full stop.)"),
    ],
  },
  {
    name: { en: "Hard for a small model", zh: "小模型难以译对" },
    examples: [
      sentence(
        "公园里人山人海。",
        "The park is packed. (Word for word: “people mountain, people sea”.)",
      ),
      sentence(
        "鲁迅一八八一年生于绍兴。",
        "Lu Xun was born in Shaoxing in 1881. (Names that the model has hardly seen.)",
      ),
    ],
  },
];
