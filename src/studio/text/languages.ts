/** @file The languages that cards name, in the languages of the page. */

import type { Translated } from "./translated.ts";

/** A language as the page speaks of it. */
export interface LanguageName extends Translated<string> {
  /** Its code for screen readers and fonts (BCP 47); undefined for what is no single language. */
  readonly code?: string;
}

/** The codes of languages with their names in Chinese, by their names in English. */
const known: Readonly<Record<string, readonly [code: string, zh: string]>> = {
  Arabic: ["ar", "阿拉伯语"],
  Bulgarian: ["bg", "保加利亚语"],
  Chinese: ["zh", "中文"],
  Czech: ["cs", "捷克语"],
  Danish: ["da", "丹麦语"],
  Dutch: ["nl", "荷兰语"],
  English: ["en", "英语"],
  Estonian: ["et", "爱沙尼亚语"],
  Finnish: ["fi", "芬兰语"],
  French: ["fr", "法语"],
  German: ["de", "德语"],
  Greek: ["el", "希腊语"],
  Hebrew: ["he", "希伯来语"],
  Hindi: ["hi", "印地语"],
  Hungarian: ["hu", "匈牙利语"],
  Italian: ["it", "意大利语"],
  Japanese: ["ja", "日语"],
  Korean: ["ko", "韩语"],
  Norwegian: ["no", "挪威语"],
  Persian: ["fa", "波斯语"],
  Polish: ["pl", "波兰语"],
  Portuguese: ["pt", "葡萄牙语"],
  Romanian: ["ro", "罗马尼亚语"],
  Russian: ["ru", "俄语"],
  Spanish: ["es", "西班牙语"],
  Swedish: ["sv", "瑞典语"],
  Turkish: ["tr", "土耳其语"],
  Ukrainian: ["uk", "乌克兰语"],
  Vietnamese: ["vi", "越南语"],
};

/** Further names of languages, in small letters. */
const alsoCalled: Readonly<Record<string, string>> = {
  français: "French",
  anglais: "English",
  mandarin: "Chinese",
  汉语: "Chinese",
};

/**
 * A language by the name that a card gives it: its name in English or Chinese, or its code. Anything else is called
 * as the card calls it.
 */
export function languageNamed(name: string): LanguageName {
  const given = name.trim().toLowerCase();
  const wanted = (alsoCalled[given] ?? given).toLowerCase();
  for (const [en, [code, zh]] of Object.entries(known)) {
    if ([en.toLowerCase(), code, zh].includes(wanted)) return { en, zh, code };
  }
  return { en: name.trim(), zh: name.trim() };
}
