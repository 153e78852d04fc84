/** @file What went wrong, as a sentence for readers in both languages. */

import { ZipError, type ZipFault } from "../../files/zipFault.ts";
import { GivenError, type GivenFault } from "../../lab/exchange/givenFault.ts";
import { LabError, type LabFault } from "../../lab/labFault.ts";
import type { FetchFault } from "../../library/fetchFile.ts";
import { FetchError } from "../../library/fetchFile.ts";
import { OptionError, OptionErrors, type OptionFault } from "../../options/optionError.ts";
import { type FaultSentences, sentenceOf } from "../../tensor/faultSentences.ts";
import { librarySentence } from "./librarySentences.ts";
import { optionProblem, optionRemedy } from "./optionClauses.ts";
import type { Translated } from "./translated.ts";

/** An error of the page's own, which says in both languages what is wrong. */
export class TranslatedError extends Error {
  readonly words: Translated<string>;

  constructor(words: Translated<string>) {
    super(words.en);
    this.words = words;
  }
}

/** What is said in Chinese of a file that could not be fetched; the error itself says it in English. */
const fetchFaults: FaultSentences<FetchFault> = {
  memory: ({ detail }) => `内存不足（${detail}）；请关闭其他页面，或换一个较小的模型。`,
  unreachable: ({ detail }) =>
    `无法下载（${detail}）；请检查地址和网络连接，并确认服务器允许本页面访问（CORS）。`,
  status: ({ status }) => `服务器返回 ${status}；请检查地址、访问权限或服务器，或稍后再试。`,
  empty: () => "服务器返回的内容为空；请检查地址和文件。",
  page: () => "服务器返回的是网页而不是文件；请检查地址，很可能没有这个文件。",
  otherContent: ({ content }) =>
    `服务器上放的不是文件本身，而是 ${content}；请换成文件本身（git lfs pull）。`,
  notJson: () => "服务器返回的文本不是 JSON；请检查地址和那里的文件。",
};

const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString("en-US");

/** The same of a zip archive. */
const zipFaults: FaultSentences<ZipFault> = {
  noZip: () => "这不是 zip 压缩包；请给出 zip 压缩包，或者文件夹本身。",
  cut: () => "这个 zip 压缩包不完整；请重新下载或复制。",
  zip64: () => "这个 zip 压缩包用的是 4 GB 以上的格式；请先解压，再给出文件夹。",
  damaged: ({ file }) => `压缩包里的 ${file} 已损坏；请重新下载或重新打包。`,
  encrypted: ({ file }) => `压缩包里的 ${file} 有密码；请不设密码重新打包。`,
  twice: ({ file }) => `压缩包里有两个 ${file}；请重新打包。`,
  outside: ({ file }) => `压缩包里有一个路径 ${file}，指向文件夹之外；请不要信任这个压缩包。`,
  method: ({ file, method }) =>
    `压缩包里的 ${file} 用的是第 ${method} 种压缩方法；请用通常的方法（Deflate）重新打包。`,
  many: ({ files, most }) =>
    `压缩包里有 ${files.toLocaleString("en-US")} 个文件，超过了 ${most.toLocaleString("en-US")} 个；请只打包模型。`,
  large: ({ bytes, most }) =>
    `压缩包解压后有 ${megabytes(bytes)} MB，超过了 ${megabytes(most)} MB；请换一个小一些的。`,
  swollen: ({ bytes, most }) =>
    `压缩包声称解压后有 ${megabytes(bytes)} MB，超过自身大小的 ${most.toLocaleString("en-US")} 倍；请不要信任它。`,
};

/** The same of a folder that is to be a model. */
const givenFaults: FaultSentences<GivenFault> = {
  empty: () => "里面没有文件；请给出模型的文件夹，或它的 zip 压缩包。",
  noModel: () =>
    "里面没有模型；请给出训练写成的文件夹，其中有 config.json、model.safetensors、source.tokenizer.json 和 target.tokenizer.json。",
  early: () => "训练还没有到第一次评估，所以还没有模型；请先继续训练。",
  pickle: ({ file }) =>
    `${file} 是 PyTorch 或其他 Python 程序的文件，打开它可能会运行代码；请给出 seq2see 写成的文件夹。`,
  foreign: ({ file }) => `${file} 属于其他程序的模型；请给出 seq2see 写成的文件夹。`,
  packed: ({ file }) => `${file} 是压缩过的；请解压后给出文件夹，或者做成 zip 压缩包。`,
  missing: ({ file }) => `缺少 ${file}；请给出模型的整个文件夹。`,
  noRun: ({ file }) =>
    `缺少 ${file}，训练无法接着进行；请给出训练的整个文件夹，或者从模型的权重开始新的训练。`,
  several: ({ folders }) => `里面有好几个模型（${folders.join("、")}）；请只给一个。`,
  large: ({ file, bytes, most }) =>
    `${file} 有 ${megabytes(bytes)} MB，超过了网页能打开的 ${megabytes(most)} MB。`,
  features: () => "这个模型读取的是特征或图片，不能在网页里训练；请换一个读取文字的模型。",
};

/** The same of a run of the lab. */
const labFaults: FaultSentences<LabFault> = {
  ended: () => "训练在回答之前就结束了。",
  closed: () => "训练已经关闭。",
  noRun: () => "还没有训练；请先开始。",
  noCheckpoint: () => "这次训练还没有检查点。",
  over: ({ step, hasStoppedImproving }) =>
    `训练在第 ${step} 步结束了${hasStoppedImproving ? "，因为开发集上的结果不再提高" : ""}。可以用它的模型开始新的训练。`,
  diverged: ({ what, step }) =>
    `第 ${step} 步时${librarySentence(what) ?? what}。请用较小的学习率重新开始。`,
  options: ({ faults }) => faults.map(optionInChinese).join(""),
  library: ({ sentence }) => sentenceInChinese(sentence),
  worker: ({ reason }) =>
    `负责训练的后台线程停止了${reason === "" ? "" : `（${reason}）`}；请刷新网页。`,
  program: ({ reason }) => `训练出错了（${reason}）；请重新开始。`,
};

/** What is wrong with an option, under its name in configuration files. */
function optionInChinese(fault: OptionFault): string {
  const { key, value, problem = "", remedy } = fault;
  const name = value === undefined ? key : `${key} = ${String(value)}`;
  const said = [problem && optionProblem(problem), optionRemedy(remedy)].filter(Boolean);
  const isUnknown = said.length === 0 || (problem !== "" && !optionProblem(problem));
  return isUnknown ? quoted(new OptionError(fault).message) : `${name}：${said.join("；")}。`;
}

const sentenceInChinese = (sentence: string): string =>
  librarySentence(sentence) ?? quoted(sentence);

/** A sentence that nobody has translated. */
const quoted = (sentence: string): string => `出现了错误，程序的原文是：${sentence}`;

/** The sentence for anything that was thrown. What nobody has translated is quoted in English. */
export function faultWords(error: unknown): Translated<string> {
  if (error instanceof TranslatedError) return error.words;
  const en = error instanceof Error ? error.message : String(error);
  if (error instanceof FetchError) {
    return { en, zh: `${error.address}：${sentenceOf(fetchFaults, error.fault)}` };
  }
  if (error instanceof ZipError) {
    return { en, zh: `${error.archive}：${sentenceOf(zipFaults, error.fault)}` };
  }
  if (error instanceof GivenError) {
    return { en, zh: `${error.given}：${sentenceOf(givenFaults, error.fault)}` };
  }
  if (error instanceof LabError) return { en, zh: sentenceOf(labFaults, error.fault) };
  if (error instanceof OptionError) {
    const faults = error instanceof OptionErrors ? error.faults : [error];
    return { en, zh: faults.map(optionInChinese).join("") };
  }
  return { en, zh: sentenceInChinese(en) };
}
