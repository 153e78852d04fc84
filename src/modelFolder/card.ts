/** @file The card of a model: what it is, what it was made of and how good it is. Isomorphic. */

import { z } from "zod";
import { parseJson } from "../files/json.ts";
import { UserError } from "../tensor/errors.ts";
import { type WeightFormat, weightFormats } from "./weightFormat.ts";

/** The name of a card beside the files of its model. */
export const cardFile = "card.json";

/** A set of pairs that a model was trained on. */
export interface CardData {
  readonly name: string;
  readonly licence: string;
  /** Whom to name, and where the set comes from. */
  readonly attribution: string | null;
  readonly pairs: number | null;
}

/** How good a model is on one set. */
export interface CardEvaluation {
  readonly set: string;
  readonly beam: number;
  /** From 0 to 100. */
  readonly bleu: number;
  /** chrF2, from 0 to 100. */
  readonly chrf: number;
  /** What BLEU depends on, in sacreBLEU's form. */
  readonly signature: string;
  /** Of a target token, ends of sentences included. */
  readonly perplexity: number;
  /** The same of the weights that were exported, where the export measured it. */
  readonly before: {
    readonly dtype: WeightFormat;
    readonly bleu: number;
    readonly chrf: number;
    readonly perplexity: number;
    /** The most by which log p of a token differs, in nats. */
    readonly largestDifference: number;
  } | null;
}

/** The parts of a card that people write. */
export interface CardText {
  readonly title: string;
  readonly languages: { readonly source: string; readonly target: string } | null;
  readonly data: readonly CardData[];
  /** How it was trained. */
  readonly command: string | null;
  /** How long the training took. */
  readonly minutes: number | null;
  readonly evaluation: readonly CardEvaluation[];
  readonly notes: string;
  /** Sentences for a page to begin with. */
  readonly examples: readonly string[];
  /** Pictures for a page to begin with, where the model reads these: files in the model's folder. */
  readonly pictures: readonly string[];
  /** The day on which the model was exported, unless another is given: `2025-11-30`. */
  readonly date: string;
}

/** What `card.json` holds. */
export interface ModelCard extends CardText {
  readonly format: "seq2see-card";
  readonly version: 1;
  /** What the weights are written as, and the bytes of their file. */
  readonly weights: { readonly dtype: WeightFormat; readonly bytes: number };
}

/** Whether a path names a PNG file inside of a model's folder. */
export function isPicturePath(path: string): boolean {
  const parts = path.split("/");
  const areNames = parts.every(
    (part) => part !== "" && !part.startsWith(".") && !/[\\:\0]/.test(part),
  );
  return areNames && path.endsWith(".png");
}

/** The pictures that a card names, which may not have been checked; what is no file of its folder is left out. */
export function picturesOf(card: Readonly<Record<string, unknown>> | null | undefined): string[] {
  const named: unknown = card?.["pictures"];
  if (!Array.isArray(named)) return [];
  return named.filter((file): file is string => typeof file === "string" && isPicturePath(file));
}

const text = z.string("give a text").trim().min(1, "give a text that is not empty");
const amount = z.number("give a number").min(0, "give 0 or more");
const count = amount.int("give a whole number");
const dtype = z.enum(
  weightFormats as readonly [WeightFormat, ...WeightFormat[]],
  `give one of ${weightFormats.join(", ")}`,
);
const list = "give a list";
const object = "give an object";

const scores = { bleu: amount, chrf: amount, perplexity: amount };

const textShape = {
  title: text,
  languages: z.strictObject({ source: text, target: text }, object).nullable(),
  data: z.array(
    z.strictObject(
      {
        name: text,
        licence: text,
        attribution: text.nullable().default(null),
        pairs: count.nullable().default(null),
      },
      object,
    ),
    list,
  ),
  command: text.nullable(),
  minutes: amount.nullable(),
  evaluation: z.array(
    z.strictObject(
      {
        set: text,
        beam: count,
        ...scores,
        signature: text,
        before: z
          .strictObject({ dtype, ...scores, largestDifference: amount }, object)
          .nullable()
          .default(null),
      },
      object,
    ),
    list,
  ),
  notes: z.string("give a text"),
  examples: z.array(text, list),
  pictures: z.array(
    text.refine(isPicturePath, "give PNG files in the model's folder, such as examples/cat.png"),
    list,
  ),
  date: z.iso.date("give a day as 2025-11-30"),
};

const headShape = { format: z.literal("seq2see-card"), version: z.literal(1) };
const weights = z.strictObject({ dtype, bytes: count });

/** The schema of `card.json`. Parts that a later version may add are left out when it is read. */
export const cardSchema: z.ZodType<ModelCard> = z.object({
  ...headShape,
  ...textShape,
  weights,
  // Cards of earlier versions have none.
  pictures: textShape.pictures.default([]),
});

/** The parts of a card that someone wrote; a whole card will do, its measured weights do not count. */
const textSchema = z
  .strictObject({ ...textShape, ...headShape, weights: z.unknown() }, object)
  .partial();

/**
 * Reads a card.
 *
 * @param path what to call it in errors.
 * @throws UserError naming the part that is missing or wrong.
 */
export function cardOf(bytes: Uint8Array, path: string): ModelCard {
  return parsed(cardSchema, bytes, path, "it is not a card.json of this version of seq2see");
}

/**
 * Reads what someone wrote for a card: any of its parts.
 *
 * @param path what to call it in errors.
 * @throws UserError naming the part that is wrong or unknown.
 */
export function cardTextOf(bytes: Uint8Array, path: string): Partial<CardText> {
  const remedy = `a card has ${Object.keys(textShape).join(", ")}`;
  const { format, version, weights, ...parts } = parsed(textSchema, bytes, path, remedy);
  return parts as Partial<CardText>;
}

function parsed<Parts>(
  schema: z.ZodType<Parts>,
  bytes: Uint8Array,
  path: string,
  remedy: string,
): Parts {
  const result = schema.safeParse(parseJson(bytes, path, "write the card anew"));
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const place = issue.path.join(".");
  const fault =
    issue.code === "unrecognized_keys"
      ? `${place && `${place}: `}there is no "${issue.keys[0]}"`
      : `${place || "the file"}: ${issue.message}`;
  throw new UserError(`${path}: ${fault}; ${remedy}.`);
}

/**
 * Makes a card of what people wrote and what was measured.
 *
 * @param defaults what holds where nothing was written.
 * @param written  the later ones count more.
 */
export function makeCard(
  measured: Pick<ModelCard, "weights" | "evaluation">,
  defaults: Pick<CardText, "title" | "minutes" | "date">,
  ...written: readonly Partial<CardText>[]
): ModelCard {
  const told: CardText = Object.assign(
    {
      languages: null,
      data: [],
      command: null,
      evaluation: [],
      notes: "",
      examples: [],
      pictures: [],
    },
    defaults,
    ...written,
  );
  const isMeasured = ({ set, beam }: CardEvaluation): boolean =>
    measured.evaluation.some((other) => other.set === set && other.beam === beam);
  return {
    format: "seq2see-card",
    version: 1,
    title: told.title,
    languages: told.languages,
    data: told.data,
    command: told.command,
    minutes: told.minutes,
    evaluation: [...told.evaluation.filter((entry) => !isMeasured(entry)), ...measured.evaluation],
    weights: measured.weights,
    notes: told.notes,
    examples: told.examples,
    pictures: told.pictures,
    date: told.date,
  };
}
