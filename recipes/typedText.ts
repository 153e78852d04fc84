/** @file Sentences as people type them: without the last full stop, in small letters or capitals, without accents or commas. */

import { hashShare } from "./tables.ts";

/** A language whose careless spelling is known. */
export type TypedLanguage = "zh" | "fr" | "en";

/**
 * A sentence as somebody might type it. What is left out depends on a hash of the sentence, so it is always the same.
 *
 * Half-width marks, spaces and traditional characters are no part of Chinese here: a model's normaliser
 * (`--normalize zh`) reads them as the printed form.
 *
 * @returns null if this sentence stays as it is.
 */
export function asTyped(text: string, language: TypedLanguage): string | null {
  const happens = (what: string, share: number): boolean => hashShare(`${what}\t${text}`) < share;
  let typed = text;
  if (happens("stop", 0.8)) typed = typed.replace(/\s*[.。]$/, "");
  if (happens("question", 0.4)) typed = typed.replace(/\s*[?？!！]$/, "");
  if (language === "zh") {
    if (happens("comma", 0.25)) typed = typed.replaceAll("，", "");
    return typed === text || typed === "" ? null : typed;
  }
  if (happens("capitals", 0.04)) typed = typed.toUpperCase();
  else if (happens("small", 0.3)) typed = typed.toLowerCase();
  else if (happens("first", 0.5)) typed = typed.charAt(0).toLowerCase() + typed.slice(1);
  if (happens("apostrophe", 0.3)) {
    const [from, to]: readonly [string, string] = typed.includes("'") ? ["'", "’"] : ["’", "'"];
    typed = typed.replaceAll(from, to);
  }
  if (language === "fr") {
    if (happens("accent", 0.3)) typed = withoutAccents(typed);
    if (happens("space", 0.6)) typed = typed.replace(/\s+(?=[?!:;»])/gu, "");
  } else if (happens("no apostrophe", 0.15)) {
    typed = typed.replace(/(?<=\p{L})['’](?=\p{L})/gu, "");
  }
  return typed === text || typed === "" ? null : typed;
}

function withoutAccents(text: string): string {
  return text.replaceAll("œ", "oe").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
}
