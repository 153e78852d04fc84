import type { Misfit } from "../examples/languageFit.ts";
import type { Translated } from "../text/translated.ts";

interface AppText {
  readonly title: string;
  readonly lead: string;
  readonly sentence: string;
  /** What to type: where nothing is named, in a language, of something else. */
  readonly ask: string;
  readonly askIn: (source: string) => string;
  readonly askFor: (source: string) => string;
  /** What is said of a text that is probably none for the model. */
  readonly misfit: Readonly<Record<Misfit, (source: string, target: string) => string>> & {
    readonly unnamed: string;
  };
  /** What stands where pictures will be, while the model comes and when there is nothing to show. */
  readonly waiting: string;
  readonly noPicture: string;
  readonly faultyPicture: (reason: string) => string;
  readonly loading: {
    readonly label: string;
    /** While the page's own code comes, if it does not, and where it may not run. */
    readonly page: string;
    readonly failed: string;
    readonly noScript: string;
    readonly list: string;
    readonly model: (title: string) => string;
    readonly amount: (come: string, of: string) => string;
    readonly starting: string;
  };
  readonly model: string;
  readonly examples: string;
  readonly picture: {
    readonly examples: string;
    readonly choose: string;
    readonly drop: string;
    readonly none: string;
    readonly shown: (name: string) => string;
    readonly own: string;
  };
  readonly translate: string;
  readonly article: string;
  readonly scenes: string;
  readonly beyond: string;
  readonly beyondLead: string;
  readonly storyLead: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: Readonly<Record<"auto" | "light" | "dark", string>>;
  readonly skip: string;
  readonly noModels: string;
  readonly noWords: string;
  readonly milliseconds: (count: number) => string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly speed: string;
  readonly loop: string;
  readonly position: string;
  readonly moment: (at: number, of: number) => string;
  readonly keys: string;
  readonly save: string;
  readonly saveAs: (kind: string) => string;
  readonly notSaved: (kind: string) => string;
  readonly openAlone: string;
  readonly previous: string;
  readonly next: string;
  readonly fold: string;
  readonly folds: Readonly<Record<"first" | "strongest" | "all", string>>;
  readonly legend: string;
  readonly inspector: string;
  readonly place: (index: number, size: number) => string;
  readonly showSum: string;
  readonly hideSum: string;
  readonly close: string;
  readonly edited: string;
  readonly undoEdits: string;
  readonly nothing: string;
  readonly bytes: string;
}

/** The words of the page around the scenes. */
export const appText: Translated<AppText> = {
  en: {
    title: "See a translation happen",
    lead: "A trained model translates your sentence in this page. Every number below comes from this model. Type a sentence, press play, and look inside.",
    sentence: "A sentence to translate",
    ask: "Type a sentence.",
    askIn: (source) => `Type a sentence in ${source}.`,
    askFor: (source) => `Type ${source}.`,
    misfit: {
      letters: (source) => `This model has learned ${source}, and does not know these letters.`,
      target: (source, target) =>
        `This looks like ${target}, but the model translates from ${source}.`,
      other: (source) =>
        `This does not look like ${source}, the only language that the model has learned.`,
      unnamed: "This does not look like the texts that the model has learned from.",
    },
    waiting: "The picture appears here as soon as the model is loaded.",
    noPicture: "The picture appears here as soon as there is something to translate.",
    faultyPicture: (reason) => `There is no picture. ${reason}`,
    loading: {
      label: "Loading",
      page: "Loading the story …",
      failed: "The page could not be loaded as a whole; check the connection, and reload it.",
      noScript: "This page needs JavaScript: the model runs in your browser.",
      list: "Looking for models …",
      model: (title) => `Loading ${title} …`,
      amount: (come, of) => `${come} of ${of} MB`,
      starting: "Starting …",
    },
    model: "Model",
    examples: "Examples",
    picture: {
      examples: "Example pictures",
      choose: "Your own PNG file …",
      drop: "or drop it here",
      none: "Choose a picture for the model to describe.",
      shown: (name) => `The picture ${name}, as the model sees it`,
      own: "Your file stays in this page. A link to this page opens the first example instead.",
    },
    translate: "Translate",
    article: "The story",
    scenes: "Scenes",
    beyond: "Beyond the story",
    beyondLead:
      "What explanations of attention usually leave out: the words that were not chosen, the search, the effect of a change, and how a model learns to attend.",
    storyLead:
      "These pictures lead from a black box to the alignment of two languages. The bar at the bottom plays the picture in the middle of your screen.",
    language: "Language",
    theme: "Colours",
    themes: { auto: "auto", light: "light", dark: "dark" },
    skip: "Skip to the pictures",
    noModels:
      "There is no model here that reads text or pictures. Train one with “seq2see train”, then open it with “seq2see studio --model FOLDER”. For a model that reads feature files, use “seq2see translate --trace”.",
    noWords: "Type a sentence with at least one word.",
    milliseconds: (count) => `translated in ${count} ms, in this page`,
    play: "Play",
    pause: "Pause",
    back: "One moment back",
    forward: "One moment on",
    speed: "Speed",
    loop: "Repeat",
    position: "Moment",
    moment: (at, of) => `Moment ${at} of ${of}`,
    keys: "Keys: space plays, ← and → step, Home and End jump",
    save: "Save picture",
    saveAs: (kind) => `as ${kind}`,
    notSaved: (kind) => `This browser could not make a ${kind} of this picture; save it as SVG.`,
    openAlone: "This picture alone",
    previous: "Previous",
    next: "Next",
    fold: "Numbers shown of each vector",
    folds: {
      first: "the first numbers",
      strongest: "the strongest numbers",
      all: "all, as a strip",
    },
    legend: "Brighter is higher",
    inspector: "The number you point at",
    place: (index, size) => `number ${index} of 0 … ${size - 1}`,
    showSum: "Show the sum",
    hideSum: "Hide the sum",
    close: "Close",
    edited: "You have changed this translation.",
    undoEdits: "Undo the changes",
    nothing: "Point at a number to see its exact value.",
    bytes: "size",
  },
  zh: {
    title: "亲眼看见翻译的过程",
    lead: "一个训练好的模型就在这个网页里翻译你的句子，下面的每一个数都由它算出。输入句子，按下播放，看看内部。",
    sentence: "要翻译的句子",
    ask: "请输入一个句子。",
    askIn: (source) => `请输入一个${source}句子。`,
    askFor: (source) => `请输入${source}。`,
    misfit: {
      letters: (source) => `这个模型学的是${source}，不认识这些文字。`,
      target: (source, target) => `这看起来是${target}，而这个模型翻译的是${source}。`,
      other: (source) => `这看起来不像${source}，而模型只学过${source}。`,
      unnamed: "这看起来不像模型学过的文本。",
    },
    waiting: "模型载入后，图会出现在这里。",
    noPicture: "有了要翻译的内容，图就会出现在这里。",
    faultyPicture: (reason) => `没有图。${reason}`,
    loading: {
      label: "正在载入",
      page: "正在载入正文……",
      failed: "网页没有完整载入；请检查网络连接，然后刷新。",
      noScript: "这个网页需要 JavaScript：模型就在你的浏览器里运行。",
      list: "正在查找模型……",
      model: (title) => `正在载入 ${title} ……`,
      amount: (come, of) => `${come} / ${of} MB`,
      starting: "正在启动……",
    },
    model: "模型",
    examples: "例句",
    picture: {
      examples: "示例图片",
      choose: "自己的 PNG 文件……",
      drop: "也可以拖到这里",
      none: "请选择一张图片，让模型描述它。",
      shown: (name) => `图片 ${name}，和模型看到的一样`,
      own: "你自己的文件只留在这个网页里；本页的链接会打开第一张示例图片。",
    },
    translate: "翻译",
    article: "正文",
    scenes: "场景",
    beyond: "正文之外",
    beyondLead:
      "注意力的图解通常略去的内容：没有被选中的词、搜索过程、改动的影响，以及模型如何学会注意力。",
    storyLead: "从一个黑箱到两种语言的对齐。底部的播放条播放屏幕中央的那幅图。",
    language: "语言",
    theme: "颜色",
    themes: { auto: "自动", light: "浅色", dark: "深色" },
    skip: "跳到图示",
    noModels:
      "这里还没有读取文字或图片的模型。先用 “seq2see train” 训练一个，再用 “seq2see studio --model 文件夹” 打开。读取特征文件的模型请用 “seq2see translate --trace”。",
    noWords: "请输入至少含有一个词的句子。",
    milliseconds: (count) => `在本页中翻译，用时 ${count} 毫秒`,
    play: "播放",
    pause: "暂停",
    back: "后退一步",
    forward: "前进一步",
    speed: "速度",
    loop: "循环",
    position: "时刻",
    moment: (at, of) => `第 ${at} 个时刻，共 ${of} 个`,
    keys: "按键：空格播放，← → 单步，Home 与 End 跳到两端",
    save: "保存图片",
    saveAs: (kind) => `存为 ${kind}`,
    notSaved: (kind) => `浏览器无法把这张图片存为 ${kind}；请存为 SVG。`,
    openAlone: "单独看这幅图",
    previous: "上一幅",
    next: "下一幅",
    fold: "每个向量显示",
    folds: { first: "前几个数", strongest: "绝对值最大的几个数", all: "全部（细条）" },
    legend: "越亮数值越大",
    inspector: "所指的数",
    place: (index, size) => `第 ${index} 个（0 … ${size - 1}）`,
    showSum: "显示算式",
    hideSum: "收起算式",
    close: "关闭",
    edited: "你改动了这次翻译。",
    undoEdits: "撤销改动",
    nothing: "指向一个数，就能看到它的精确值。",
    bytes: "大小",
  },
};
