/** @file What is shipped of a trained model: a small copy with its card in both languages of the page, and what it reaches. */

import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type CardData,
  type CardText,
  cardFile,
  cardOf,
  type PageLanguage,
} from "../src/modelFolder/card.ts";
import type { Command, CommandRunner } from "./recipe.ts";
import { paths, writeText } from "./workFolder.ts";

/** A text to begin with, its meaning in English, and in Chinese; empty where it is in that language itself. */
export type CardExample = readonly [text: string, english: string, chinese: string];

/** What a card says, before the figures of the export. */
export interface ShippedCard {
  /** The name of the recipe, such as `studio/dates`. */
  readonly recipe: string;
  /** Raised with every change that makes another model. */
  readonly version: number;
  readonly title: string;
  readonly languages: { readonly source: string; readonly target: string };
  readonly data: readonly CardData[];
  readonly notes: string;
  readonly examples?: readonly CardExample[];
  /** PNG files in the folder of the trained model, to begin with. */
  readonly pictures?: readonly string[];
  readonly chinese: {
    readonly title: string;
    readonly languages: { readonly source: string; readonly target: string };
    readonly notes: string;
  };
  /** The languages of a page that begins with this model. */
  readonly opensIn?: readonly PageLanguage[] | undefined;
}

/** The texts of a card as `seq2see export --card` reads them. */
export function cardTexts(card: ShippedCard): Partial<CardText> {
  const { recipe, version, notes, examples = [], pictures, chinese, opensIn } = card;
  const meanings = (column: 1 | 2) => examples.map((example) => example[column]);
  return {
    title: card.title,
    languages: card.languages,
    data: card.data,
    command: `npm run recipe -- ${recipe}`,
    notes: `Recipe ${recipe}, version ${version}. ${notes}`,
    examples: examples.map(([text]) => text),
    ...(examples.length > 0 && { meanings: meanings(1) }),
    zh: {
      ...chinese,
      notes: `配方 ${recipe}，第 ${version} 版。${chinese.notes}`,
      ...(examples.length > 0 && { meanings: meanings(2) }),
    },
    ...(pictures && { pictures }),
    ...(opensIn && { opensIn }),
  };
}

/** Writes the texts of a card into the work folder, for {@link ship}. */
export function writeCard(work: string, card: ShippedCard): Promise<void> {
  return writeText(cardPath(work), `${JSON.stringify(cardTexts(card), null, 2)}\n`);
}

const cardPath = (work: string): string => join(work, "card.json");

/** Sentences for the notes of a card. */
export interface CardNotes {
  readonly notes: string;
  /** In Chinese. */
  readonly chinese: string;
}

/** Adds to the notes of the copy that {@link ship} made, such as what was measured of it. */
export async function noteResults(
  work: string,
  card: ShippedCard,
  { notes, chinese }: CardNotes,
): Promise<void> {
  const path = join(paths.exported(work), cardFile);
  const { notes: told, zh } = cardTexts({
    ...card,
    notes: `${card.notes} ${notes}`,
    chinese: { ...card.chinese, notes: `${card.chinese.notes}${chinese}` },
  });
  const copy = cardOf(await readFile(path), path);
  await writeText(path, `${JSON.stringify({ ...copy, notes: told, zh }, null, 2)}\n`);
}

/** Options of a set of pairs, as `seq2see evaluate` takes them. */
export type PairOptions = Command;

/** How the copy is measured. */
export interface ShippedSets {
  /** The set on which the card compares the copy with the trained weights. */
  readonly compared: PairOptions;
  /** The sets whose BLEU by length goes into the copy's folder. */
  readonly recorded: readonly PairOptions[];
}

/** The beam of all measurements of the copy. */
export const shippedBeam = 5;

/**
 * Exports the trained model as int8 with the card of {@link writeCard} into `paths.exported(work)`, in place of an
 * earlier export, which may be of other weights, and measures the copy.
 *
 * @returns the exit status: 0, or that of the command that failed.
 */
export async function ship(
  work: string,
  { compared, recorded }: ShippedSets,
  runner: CommandRunner,
): Promise<number> {
  const out = paths.exported(work);
  await rm(out, { recursive: true, force: true });
  const beam = ["--beam", String(shippedBeam)];
  const files = ["--model", paths.model(work), "--out", out, "--card", cardPath(work)];
  const commands: Command[] = [
    ["export", ...files, "--weights", "int8", ...compared, ...beam],
    ...recorded.map((set) => [
      "evaluate",
      "--model",
      out,
      ...set,
      ...beam,
      "--by-length",
      "--save",
    ]),
  ];
  for (const command of commands) {
    const status = await runner.run(command);
    if (status !== 0) return status;
  }
  return 0;
}
