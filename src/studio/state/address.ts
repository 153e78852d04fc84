/** @file The address that reopens a picture: what is shown, as the part of a URL after "#". Pure. */

import type { Locale } from "../text/translated.ts";
import { phrasesOf } from "./ownPhrases.svelte.ts";

/** What an address holds; all of it may be missing. */
export interface Place {
  readonly model?: string;
  readonly text?: string;
  /** A scene by its name, which is the whole page; the article unless given. */
  readonly scene?: string;
  /** The scene of the article that is looked at. */
  readonly at?: string;
  /** Where that scene stands: a moment of the whole translation. At its beginning unless given. */
  readonly moment?: number;
  readonly locale?: Locale;
  /** Ids of target tokens that the reader has chosen in place of the model's. */
  readonly prefix?: readonly number[];
  /** Attention weights over the source that the reader has chosen, by decoder step. */
  readonly attention?: ReadonlyMap<number, readonly number[]>;
  /** Phrases that the reader has put on the map of phrases. */
  readonly phrases?: readonly string[];
  /** The address of the lab that the model comes from, which no other address can open: "#" and what follows. */
  readonly from?: string;
}

/** The longest text that an address may bring. */
const longestText = 2000;

/** Writes a place as a fragment, "#" included. */
export function writePlace(place: Place): string {
  const { model, text, scene, at, moment, locale, prefix, attention, phrases, from } = place;
  const parameters = new URLSearchParams();
  if (scene !== undefined) parameters.set("scene", scene);
  if (at !== undefined) parameters.set("at", at);
  if (model !== undefined) parameters.set("model", model);
  if (text !== undefined) parameters.set("text", text);
  if (moment !== undefined) parameters.set("moment", String(moment));
  if (prefix && prefix.length > 0) parameters.set("prefix", prefix.join("."));
  if (attention && attention.size > 0) {
    const rows = [...attention].map(([step, weights]) => [step, ...weights.map(short)].join("_"));
    parameters.set("attention", rows.join("-"));
  }
  if (phrases && phrases.length > 0) parameters.set("phrases", phrases.join("\n"));
  if (from !== undefined) parameters.set("from", from.replace(/^#/, ""));
  if (locale !== undefined) parameters.set("lang", locale);
  return `#${parameters}`;
}

/** Reads a fragment; what makes no sense in it is left out. */
export function readPlace(fragment: string): Place {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ""));
  const text = parameters.get("text");
  const moment = wholeNumber(parameters.get("moment"));
  const locale = parameters.get("lang");
  const prefix = (parameters.get("prefix") ?? "").split(".").map(wholeNumber);
  const model = parameters.get("model");
  const phrases = phrasesOf((parameters.get("phrases") ?? "").slice(0, longestText));
  const scene = parameters.get("scene");
  const at = parameters.get("at");
  const from = parameters.get("from")?.slice(0, longestText) ?? "";
  return {
    ...(model !== null && { model }),
    ...(text !== null && { text: text.slice(0, longestText) }),
    ...(scene !== null && { scene }),
    ...(at !== null && { at }),
    ...(moment !== null && { moment }),
    ...((locale === "en" || locale === "zh") && { locale }),
    ...(prefix.every((id) => id !== null) && { prefix: prefix as number[] }),
    ...readAttention(parameters.get("attention")),
    ...(phrases.length > 0 && { phrases }),
    ...(new URLSearchParams(from).has("lab") && { from: `#${from}` }),
  };
}

/** A weight with six digits, which "_" and "-" can part. */
const short = (weight: number): string => String(Number(weight.toFixed(6)));

/** Rows of a step and its weights, which add up to 1 again; nothing if one of them makes no sense. */
function readAttention(text: string | null): Pick<Place, "attention"> {
  if (text === null) return {};
  const attention = new Map<number, readonly number[]>();
  for (const row of text.split("-")) {
    const [first = "", ...others] = row.split("_");
    const step = wholeNumber(first);
    const weights = others.map((weight) =>
      /^[01](\.\d{1,6})?$/.test(weight) ? Number(weight) : -1,
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (step === null || sum <= 0 || weights.some((weight) => weight < 0)) return {};
    attention.set(
      step,
      weights.map((weight) => weight / sum),
    );
  }
  return { attention };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;
}
