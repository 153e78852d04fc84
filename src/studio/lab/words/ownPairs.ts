/** @file What is said of the reader's own pairs: what was found in them, and what is wrong with them. */

import { DataError, type DataFault, type OtherFile } from "../../../data/dataFault.ts";
import type { DroppedPairs } from "../../../data/droppedPairs.ts";
import { formatSurvey } from "../../../data/report.ts";
import type { CorpusSurvey, SurveyedSide } from "../../../data/survey.ts";
import { OwnPairsError, type OwnPairsFault } from "../../../lab/ownPairsFault.ts";
import { counted, grouped } from "../../../tensor/counted.ts";
import { type FaultSentences, sentenceOf } from "../../../tensor/faultSentences.ts";
import { faultWords } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";

/** What a text that was pasted is called where a file has its name. */
export const pastedName = "your text";

const nameInChinese = (file: string): string => (file === pastedName ? "粘贴的文本" : file);

/** The report on pairs, a line each; dropped lines are named. In English it is that of the command line. */
export function surveyWords(survey: CorpusSurvey): Translated<readonly string[]> {
  return { en: formatSurvey(survey), zh: surveyInChinese(survey) };
}

/** What is said of pairs that are kept and yet not learned from, a line each: a model drops those that are too long for it. */
export function notLearnedWords(dropped: readonly DroppedPairs[]): Translated<readonly string[]> {
  return {
    en: dropped.map((each) => `${counted(each.count, "pair")} not learned from: ${each.reason}`),
    zh: dropped.map(
      (each) => `${grouped(each.count)} 对不参加训练：${reasonInChinese(each.reason)}`,
    ),
  };
}

/** The sentence for pairs that cannot be taken. */
export function ownPairsFaultWords(error: unknown): Translated<string> {
  const given = error instanceof Error ? error.message : "";
  if (error instanceof DataError) {
    return {
      en: given,
      zh: `${nameInChinese(error.file)}：${sentenceOf(dataFaults, error.fault)}`,
    };
  }
  if (error instanceof OwnPairsError) {
    return { en: given, zh: `${nameInChinese(error.file)}：${sentenceOf(ownFaults, error.fault)}` };
  }
  return faultWords(error);
}

function surveyInChinese({ pairs, dropped, source, target }: CorpusSurvey): string[] {
  const total = dropped.reduce((sum, each) => sum + each.count, 0);
  const side = (name: string, { counts, words }: SurveyedSide): string =>
    `${name}：共 ${grouped(words.total)} 个词，其中不同的有 ${grouped(counts.size)} 个；平均每句 ${words.mean.toFixed(1)} 个，最多 ${grouped(words.max)} 个`;
  return [
    `保留 ${grouped(pairs)} 对，${total === 0 ? "没有舍弃" : `舍弃 ${grouped(total)} 对`}`,
    ...dropped.map((each) => {
      const more = each.count > each.lines.length ? "……" : "";
      return `  ${reasonInChinese(each.reason)}：${grouped(each.count)} 对（第 ${each.lines.join("、")} 行${more}）`;
    }),
    side("源", source),
    side("目标", target),
  ];
}

/** The reasons of `data/droppedPairs.ts`. */
function reasonInChinese(reason: string): string {
  const [, side, most = "", unit] =
    /^(source|target) longer than (\S+) (token|word)s?$/.exec(reason) ?? [];
  if (side === undefined) return reasons[reason] ?? reason;
  return `${side === "source" ? "源" : "目标"}超过 ${most} 个${unit === "token" ? "词元" : "词"}`;
}
const reasons: Readonly<Record<string, string>> = {
  "empty source": "源为空",
  "empty target": "目标为空",
  "empty source and target": "源和目标都为空",
};

const otherFiles: Readonly<Record<OtherFile, string>> = {
  zip: "这是 ZIP 压缩包或电子表格；请先解压，或把表格另存为 CSV。",
  xz: "这是 xz 压缩文件；请先解压，或改用 gzip 压缩。",
  zstd: "这是 zstd 压缩文件；请先解压，或改用 gzip 压缩。",
  bzip2: "这是 bzip2 压缩文件；请先解压，或改用 gzip 压缩。",
  pdf: "这是 PDF；请提供其中的文字。",
  picture: "这是图片；请提供文本文件。",
};

const separators = { tabs: "制表符", "commas or semicolons": "逗号或分号" } as const;

const dataFaults: FaultSentences<DataFault> = {
  otherFile: ({ file }) => otherFiles[file],
  notUtf8: ({ line }) => `第 ${line} 行不是 UTF-8；请转换文件的编码，例如用 iconv。`,
  notUtf16: ({ line }) =>
    `第 ${line} 行不是 UTF-16，与文件开头的字节顺序标记不符；请另存为 UTF-8。`,
  nul: ({ line, encoding }) =>
    `第 ${line} 行有 NUL 字节；${
      encoding === null
        ? "文本里不会有它，请提供 UTF-8 文本文件。"
        : `文件看起来是 ${encoding}，请用 iconv -f ${encoding} -t UTF-8 转换。`
    }`,
  columns: ({ line, count: columns, asked, separators: between }) =>
    `第 ${line} 行只有 ${columns} 列，而需要第 ${asked.join("、")} 列；列与列之间用${separators[between]}分隔。`,
  noColumn: ({ column, header }) =>
    `没有名为“${column}”的列；第一行的列名是 ${header.map((name) => `“${name.trim()}”`).join("、")}。`,
  openQuotes: ({ line }) => `第 ${line} 行开头的引号一直没有配对；请补上，或把文字中的引号写两遍。`,
  strayQuotes: ({ line }) =>
    `第 ${line} 行的一栏中间有引号；请给整栏加上引号，并把文字中的引号写两遍。`,
  notObject: ({ line }) =>
    `第 ${line} 行不是 JSON 对象；请每行写一个，例如 {"source": "…", "target": "…"}。`,
  noField: ({ line, field, fields }) =>
    `第 ${line} 行没有字段“${field}”，${
      fields.length === 0
        ? "一个字段也没有"
        : `只有 ${fields
            .slice(0, 10)
            .map((name) => `“${name}”`)
            .join("、")}`
    }；每一行都要有同样的两个字段。`,
  notText: ({ line, field }) => `第 ${line} 行的字段“${field}”不是文本；请写成文本。`,
  nulField: ({ line, field }) => `第 ${line} 行的字段“${field}”里有 NUL 字符；请去掉。`,
};

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1).replace(/\.0$/, "");

const ownFaults: FaultSentences<OwnPairsFault> = {
  empty: () => "里面什么也没有；请每行写一对，中间用制表符或逗号隔开。",
  unreadable: () => "无法读取；请提供一个数据文件，而不是文件夹。",
  damagedGzip: () => "gzip 文件已损坏；请重新压缩，或提供未压缩的文件。",
  large: ({ bytes, most }) =>
    `有 ${megabytes(bytes)} MB，超过了网页能学的 ${megabytes(most)} MB；请只取一部分，或用 seq2see train 训练。`,
  allDropped: ({ pairs }) =>
    `${pairs === 1 ? "仅有的一对" : `全部 ${grouped(pairs)} 对`}的源或目标都是空的；请检查列。`,
  few: ({ pairs, least }) => `只有 ${pairs} 对；至少要 ${least} 对，才能留出一部分不参加训练。`,
  alike: ({ pairs }) => `这 ${grouped(pairs)} 对的源几乎都一样，没法留出一部分；请换别的。`,
};
