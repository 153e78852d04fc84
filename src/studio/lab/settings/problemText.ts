/** @file Why an option has no effect or cannot have a value, as sentences. The tables of options and the plan say it in English. */

import type { LabOptionKey } from "../../../lab/settings.ts";
import { labOptionKeys } from "../../../lab/settings.ts";
import type { OptionFault } from "../../../options/optionError.ts";
import { spelled } from "../../../options/spelling.ts";
import { optionProblem, optionRemedy } from "../../text/optionClauses.ts";
import type { Locale } from "../../text/translated.ts";
import { optionWords } from "./optionText.ts";

/** The Chinese for what is wrong: for the problem, or, where the remedy says enough, for that. */
const inChinese = ({ problem = "", remedy }: OptionFault): string | null =>
  problem === "" ? optionRemedy(remedy) : optionProblem(problem);

/** Whether the sentence for a fault is complete in Chinese. */
export const isTranslated = (fault: OptionFault): boolean => inChinese(fault) !== null;

const isOfLab = (key: string): key is LabOptionKey =>
  (labOptionKeys as readonly string[]).includes(key);

/** The sentence that says why an option has no effect, or cannot have a value. */
export function faultSentence(option: LabOptionKey, fault: OptionFault, locale: Locale): string {
  const { problem = "", remedy } = fault;
  const clause = problem === "" ? remedy : problem;
  if (locale === "zh") return sentenceOf(option, fault.key, inChinese(fault) ?? clause, locale);
  return sentenceOf(option, fault.key, inEnglish(clause), locale);
}

/** The sentence for a value that the reader has just given: what is wrong, and what to give. */
export function typedFaultSentence(
  option: LabOptionKey,
  fault: OptionFault,
  locale: Locale,
): string {
  const { key, problem = "", remedy } = fault;
  if (problem === "") return faultSentence(option, fault, locale);
  const said =
    locale === "zh"
      ? `${optionProblem(problem) ?? problem}；${optionRemedy(remedy) ?? remedy}`
      : `${inEnglish(problem)}; ${inEnglish(remedy)}`;
  return sentenceOf(option, key, said, locale);
}

const inEnglish = (clause: string): string =>
  spelled(clause, {
    name: (name) => name,
    setting: (name, value) => `${name} ${String(value)}`,
  });

/** What is said of an option, as a sentence that names the option where it is another one. */
function sentenceOf(option: LabOptionKey, key: string, said: string, locale: Locale): string {
  if (locale === "zh") {
    if (key === option) return `${said}。`;
    return isOfLab(key) ? `${optionWords(key, "zh").name}：${said}。` : `模型的 ${key}：${said}。`;
  }
  if (key === option) return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  return isOfLab(key) ? `${optionWords(key, "en").name}: ${said}.` : `The model’s ${key}: ${said}.`;
}
