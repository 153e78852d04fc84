/** @file What went wrong, as a sentence for readers in both languages. */

import type { FetchFault } from "../../library/fetchFile.ts";
import { FetchError } from "../../library/fetchFile.ts";
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
const fetchFaults: {
  readonly [Kind in FetchFault["kind"]]: (fault: Extract<FetchFault, { kind: Kind }>) => string;
} = {
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

/** The sentence for anything that was thrown. Faults that only the library words are quoted in English. */
export function faultWords(error: unknown): Translated<string> {
  if (error instanceof TranslatedError) return error.words;
  const en = error instanceof Error ? error.message : String(error);
  if (!(error instanceof FetchError)) return { en, zh: `出现了错误，程序的原文是：${en}` };
  const { address, fault } = error;
  const told = fetchFaults[fault.kind] as (fault: FetchFault) => string;
  return { en, zh: `${address}：${told(fault)}` };
}
