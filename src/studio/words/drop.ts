import type { Translated } from "../text/translated.ts";

interface DropText {
  readonly name: string;
  readonly folder: string;
  readonly zip: string;
  readonly reading: string;
  /** What the story says of models that only this page has. */
  readonly story: string;
  readonly fromLab: (title: string) => string;
  readonly goesOn: (step: string) => string;
  readonly isThere: (step: string) => string;
  readonly hasEnded: string;
  readonly refresh: string;
  readonly back: string;
  readonly gone: (title: string) => string;
  readonly goneFolder: (title: string) => string;
  readonly again: string;
  readonly ofYourOwn: string;
}

/** The words around models that only this page has. */
export const dropText: Translated<DropText> = {
  en: {
    name: "Open a model of your own",
    folder: "Choose a folder …",
    zip: "Choose a zip archive …",
    reading: "Reading the model …",
    story: "You can drop the folder or the zip archive of another model anywhere here.",
    fromLab: (title) => `This is “${title}”, from the lab.`,
    goesOn: (step) => `It goes on learning, and is at step ${step} now.`,
    isThere: (step) => `The training is at step ${step} now.`,
    hasEnded: "Its training has ended: another one was started in the lab.",
    refresh: "Take the model as it is now",
    back: "Back to the lab",
    gone: (title) =>
      `The model “${title}” was only in the page that you have closed or reloaded. The lab can train it again; there, you can also keep it in this browser or download it.`,
    goneFolder: (title) =>
      `The model “${title}” was only in the page that you have closed or reloaded. Drop its folder or zip archive here again.`,
    again: "Go to the lab",
    ofYourOwn: "Your model stays in this page. A link to this page cannot open it.",
  },
  zh: {
    name: "打开自己的模型",
    folder: "选择文件夹……",
    zip: "选择 zip 压缩包……",
    reading: "正在读取模型……",
    story: "也可以把别的模型的文件夹或 zip 压缩包拖到这一页的任何地方。",
    fromLab: (title) => `这是实验室里的“${title}”。`,
    goesOn: (step) => `它还在学习，现在到了第 ${step} 步。`,
    isThere: (step) => `训练现在到了第 ${step} 步。`,
    hasEnded: "它的训练已经结束：实验室里开始了另一次训练。",
    refresh: "换成现在的模型",
    back: "回到实验室",
    gone: (title) =>
      `模型“${title}”只存在于你关闭或刷新之前的网页里。可以在实验室里重新训练，并在那里把它保存在浏览器里，或者下载。`,
    goneFolder: (title) =>
      `模型“${title}”只存在于你关闭或刷新之前的网页里。请再次把它的文件夹或 zip 压缩包拖到这里。`,
    again: "去实验室",
    ofYourOwn: "你的模型只留在这个网页里；本页的链接无法打开它。",
  },
};
