/** @file What models and their languages are called, in the languages of the page. Pure. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { type LanguageName, languageNamed } from "./languages.ts";
import type { Translated } from "./translated.ts";

/** As much of a model's entry as its names need. */
type Named = Pick<ModelEntry, "name" | "title" | "card">;

/** A part of a card that may be anything, if it is an object. */
const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const textOr = (value: unknown, otherwise: string): string =>
  typeof value === "string" && value.trim() !== "" ? value : otherwise;

/** A model's title; its name without one. */
export function titleOf({ name, title, card }: Named): Translated<string> {
  const en = title ?? name;
  return { en, zh: textOr(partsOf(card?.["zh"])["title"], en) };
}

/** The languages that a model translates between; null where its card names none. */
export function languagesOf(
  entry: Pick<ModelEntry, "card"> | null,
): Readonly<Record<"source" | "target", LanguageName | null>> {
  const inChinese = partsOf(partsOf(entry?.card?.["zh"])["languages"]);
  const named = (side: "source" | "target"): LanguageName | null => {
    const name = entry?.card?.languages?.[side];
    if (typeof name !== "string" || name.trim() === "") return null;
    const known = languageNamed(name);
    return { ...known, zh: textOr(inChinese[side], known.zh) };
  };
  return { source: named("source"), target: named("target") };
}

/** Whether two models may read the same sentences: what their cards say of their languages is alike. */
export function readsAlike(
  { card: one }: Pick<ModelEntry, "card">,
  { card: other }: Pick<ModelEntry, "card">,
): boolean {
  return one?.languages?.source === other?.languages?.source;
}

/** What the example of a card at an index means, as far as the card says it. */
export function cardMeaning(
  card: ModelEntry["card"],
  index: number,
): Partial<Translated<string>> | null {
  const meaningIn = (parts: Readonly<Record<string, unknown>>): string => {
    const list = parts["meanings"];
    return Array.isArray(list) ? textOr(list[index], "") : "";
  };
  const en = meaningIn(partsOf(card));
  const zh = meaningIn(partsOf(card?.["zh"]));
  return en === "" && zh === "" ? null : { ...(en !== "" && { en }), ...(zh !== "" && { zh }) };
}
