/** @file What the tasks of the lab are called, what there is to see in each, and which settings make it visible. */

import type { TaskName } from "../../../lab/task.ts";
import type { Translated } from "../../text/translated.ts";

/** The words of a task. */
export interface TaskText {
  readonly title: string;
  /** A source and its target, as an example. */
  readonly example: string;
  /** What there is to see: one sentence. */
  readonly toSee: string;
  /** Which settings make it visible: one sentence. */
  readonly settings: string;
}

export const taskText: Translated<Readonly<Record<TaskName, TaskText>>> = {
  en: {
    reverse: {
      title: "Reverse letters",
      example: "reading → gnidaer",
      toSee: "Attention learns to walk backwards: its weights form a line from corner to corner.",
      settings:
        "Compare attention with none: without it, the model must remember the whole word in one vector, and long words fail.",
    },
    copy: {
      title: "Copy letters",
      example: "reading → reading",
      toSee: "The simplest alignment of all: each letter looks at itself.",
      settings:
        "Compare a reversed source with one that is not, without attention: the first letters come close to the place where they are needed.",
    },
    sort: {
      title: "Sort digits",
      example: "5209914 → 0124599",
      toSee:
        "Attention looks for the smallest digit, wherever it is, and then for the next: what is looked at depends on what is there.",
      settings:
        "Compare scores: location knows only places, so it cannot point at a digit; its picture blurs, and the states must count the digits.",
    },
    add: {
      title: "Add numbers",
      example: "27+158 → 185",
      toSee:
        "Each digit of the sum looks at the two digits of its place, and at those to the right of them, where a carry comes from.",
      settings: "Read the source in one direction only, and the carry is harder to know.",
    },
    dates: {
      title: "Dates in five languages",
      example: "le 3 mars 1987 → 1987-03-03",
      toSee:
        "The output begins with the year, which stands last in most of the sources: attention jumps to the end, then to the month, then to the day.",
      settings:
        "Compare attention with none: the year, which is written first, then becomes right long before the day, which is written last.",
    },
    numbers: {
      title: "Numbers in words",
      example: "zweihunderteinundvierzig → 241",
      toSee:
        "English, French, German and Chinese become digits; in German the units stand before the tens, so attention jumps ahead and comes back.",
      settings:
        "Read the source in both directions; watch a German number first, then an English one.",
    },
    pronunciation: {
      title: "Pronunciation of English words",
      example: "thought → θɔt",
      toSee:
        "Letters become sounds: groups of letters such as “ough” are looked at together, and silent ones are passed over.",
      settings:
        "There is no rule for all words, so more units and more pairs a second help; most words are nearly right long before they are right.",
    },
    own: {
      title: "Your own pairs",
      example: "two columns of a table",
      toSee: "What your own pairs teach a small model, and where it looks.",
      settings:
        "At least 40 pairs; a few thousand short ones are best. Pairs that are held out show what is learned and what is only remembered.",
    },
  },
  zh: {
    reverse: {
      title: "字母倒写",
      example: "reading → gnidaer",
      toSee: "注意力学会从后往前走：权重连成一条从一角到对角的斜线。",
      settings:
        "把有注意力和没有注意力的模型放在一起比较：没有注意力时，整个单词只能记在一个向量里，长单词就写不对了。",
    },
    copy: {
      title: "照抄字母",
      example: "reading → reading",
      toSee: "最简单的对齐：每个字母看着它自己。",
      settings: "去掉注意力，比较源序列反转与不反转：反转以后，开头的字母离要用到它们的地方更近。",
    },
    sort: {
      title: "数字排序",
      example: "5209914 → 0124599",
      toSee: "注意力先找最小的数字，再找下一个，不管它在哪里：看哪里，取决于那里是什么。",
      settings:
        "比较不同的打分函数：“位置”只认位置，指不出某个数字；它的图一片模糊，数字只能靠隐藏状态来数。",
    },
    add: {
      title: "加法",
      example: "27+158 → 185",
      toSee: "和的每一位都看着两个加数的同一位，还要看它们右边的一位：进位从那里来。",
      settings: "编码器只从一个方向读源序列时，进位更难知道。",
    },
    dates: {
      title: "五种语言的日期",
      example: "le 3 mars 1987 → 1987-03-03",
      toSee: "输出先写年份，而源文本里年份大多在最后：注意力先跳到末尾，再回到月，最后到日。",
      settings:
        "把有注意力和没有注意力的模型放在一起比较：没有注意力时，先写的年份早就对了，最后写的日要晚得多才对。",
    },
    numbers: {
      title: "用文字写的数",
      example: "zweihunderteinundvierzig → 241",
      toSee:
        "把英语、法语、德语和汉语的数变成阿拉伯数字；德语先说个位、后说十位，所以注意力先往前跳，再退回来。",
      settings: "让编码器从两个方向读；先看一个德语的数，再换一个英语的数比较。",
    },
    pronunciation: {
      title: "英语单词的读音",
      example: "thought → θɔt",
      toSee: "字母变成音标：像 “ough” 这样的字母组合会被一起看，不发音的字母会被跳过。",
      settings:
        "没有适用于所有单词的规则，所以隐藏状态大一些、每秒训练的词多一些会更好；大多数单词早就差不多对了，完全对要晚得多。",
    },
    own: {
      title: "自己的数据",
      example: "表格中的两列",
      toSee: "看看一个小模型能从你自己的数据里学到什么，它又在看哪里。",
      settings:
        "至少要 40 对；几千对短的最合适。留出来不参加训练的那些，能说明哪些是学会的，哪些只是记住的。",
    },
  },
};
