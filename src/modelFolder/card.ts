/** @file The card of a model: its description, its training data and its quality. Isomorphic. */

import { z } from "zod";
import { parseJson } from "../files/json.ts";
import { readBySchema } from "../files/schema.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { type WeightFormat, weightFormats } from "./weightFormat.ts";

/** The name of the card in a model's folder. */
export const cardFile = "card.json";

/** A set of pairs that a model was trained on. */
export interface CardData {
  readonly name: string;
  readonly licence: string;
  /** Whom to credit, and where the set comes from. */
  readonly attribution: string | null;
  readonly pairs: number | null;
}

/** The quality of a model on one set. */
export interface CardEvaluation {
  readonly set: string;
  readonly beam: number;
  /** From 0 to 100. */
  readonly bleu: number;
  /** chrF2, from 0 to 100. */
  readonly chrf: number;
  /** The parameters of BLEU, in sacreBLEU's format. */
  readonly signature: string;
  /** Per target token, including end-of-sentence tokens. */
  readonly perplexity: number;
  /** The results of the original weights, if the export measured them. */
  readonly before: {
    readonly dtype: WeightFormat;
    readonly bleu: number;
    readonly chrf: number;
    readonly perplexity: number;
    /** The largest difference of a token's log p, in nats. */
    readonly largestDifference: number;
  } | null;
}

/** A language that pages are in. */
export type PageLanguage = "en" | "zh";

/** Texts of a card in Chinese; each may be missing. */
export interface CardInChinese {
  readonly title?: string | undefined;
  readonly languages?: { readonly source: string; readonly target: string } | undefined;
  readonly notes?: string | undefined;
  /** What each of the card's examples means; empty texts where nobody wrote it. */
  readonly meanings?: readonly string[] | undefined;
}

/** The parts of a card that people write, in English but for {@link CardInChinese}. */
export interface CardText {
  readonly title: string;
  readonly languages: { readonly source: string; readonly target: string } | null;
  readonly data: readonly CardData[];
  /** The training command. */
  readonly command: string | null;
  /** The duration of training. */
  readonly minutes: number | null;
  readonly evaluation: readonly CardEvaluation[];
  readonly notes: string;
  /** Sentences that a page shows at the start. */
  readonly examples: readonly string[];
  /** What each of these means; empty texts where nobody wrote it, none at all in most cards. */
  readonly meanings?: readonly string[] | undefined;
  readonly zh?: CardInChinese | undefined;
  /** The languages of a page that begins with this model, if it has several to choose from. */
  readonly opensIn?: readonly PageLanguage[] | undefined;
  /** Pictures that a page shows at the start, if the model reads pictures: files in the model's folder. */
  readonly pictures: readonly string[];
  /** The date of the export, unless another is given: `2025-11-30`. */
  readonly date: string;
}

/** The content of `card.json`. */
export interface ModelCard extends CardText {
  readonly format: "seq2see-card";
  readonly version: 1;
  /** How many pairs of the training data were held out as dev set; null if the dev set was given, or there was none. */
  readonly heldOutPairs: number | null;
  /** The number format of the weights, and the size of their file in bytes. */
  readonly weights: { readonly dtype: WeightFormat; readonly bytes: number };
}

/** Whether a path names a PNG file inside a model's folder. */
export function isPicturePath(path: string): boolean {
  const parts = path.split("/");
  const areNames = parts.every(
    (part) => part !== "" && !part.startsWith(".") && !/[\\:\0]/.test(part),
  );
  return areNames && path.endsWith(".png");
}

/** The pictures of a card that may be unchecked; paths outside its folder are dropped. */
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

const languages = z.strictObject({ source: text, target: text }, object);
const meanings = z.array(z.string("give a text"), list);

const scores = { bleu: amount, chrf: amount, perplexity: amount };

const textShape = {
  title: text,
  languages: languages.nullable(),
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
  meanings: meanings.optional(),
  zh: z
    .strictObject(
      {
        title: text.optional(),
        languages: languages.optional(),
        notes: z.string("give a text").optional(),
        meanings: meanings.optional(),
      },
      object,
    )
    .optional(),
  opensIn: z.array(z.enum(["en", "zh"], "give en or zh"), list).optional(),
  pictures: z.array(
    text.refine(isPicturePath, "give PNG files in the model's folder, such as examples/cat.png"),
    list,
  ),
  date: z.iso.date("give a day as 2025-11-30"),
};

const headShape = { format: z.literal("seq2see-card"), version: z.literal(1) };
const weights = z.strictObject({ dtype, bytes: count });

/** The schema of `card.json`. Properties of later versions are dropped when it is read. */
export const cardSchema: z.ZodType<ModelCard> = z.object({
  ...headShape,
  ...textShape,
  weights,
  // Cards of earlier versions have neither.
  heldOutPairs: count.nullable().default(null),
  pictures: textShape.pictures.default([]),
});

/** The texts of a card; a complete card is accepted too, but what export measures or knows is ignored. */
const textSchema = z
  .strictObject(
    { ...textShape, ...headShape, weights: z.unknown(), heldOutPairs: z.unknown() },
    object,
  )
  .partial();

/**
 * Reads a card.
 *
 * @param path its name in errors.
 * @throws UserError naming the property that is missing or wrong.
 */
export function cardOf(bytes: Uint8Array, path: string): ModelCard {
  return parsed(cardSchema, bytes, path, "it is not a card.json of this version of seq2see");
}

/**
 * Reads the texts that someone wrote for a card, any of its properties.
 *
 * @param path the file's name in errors.
 * @throws UserError naming the property that is wrong or unknown.
 */
export function cardTextOf(bytes: Uint8Array, path: string): Partial<CardText> {
  const remedy = `a card has ${Object.keys(textShape).join(", ")}`;
  const { format, version, weights, heldOutPairs, ...parts } = parsed(
    textSchema,
    bytes,
    path,
    remedy,
  );
  const text = parts as Partial<CardText>;
  for (const [name, list] of [
    ["meanings", text.meanings],
    ["zh.meanings", text.zh?.meanings],
  ] as const) {
    if (list === undefined || text.examples === undefined) continue;
    if (list.length === text.examples.length) continue;
    throw new UserError(
      `${path}: ${name} has ${counted(list.length, "text")} for ${counted(text.examples.length, "example")}; give one for each.`,
    );
  }
  return text;
}

function parsed<Parts>(
  schema: z.ZodType<Parts>,
  bytes: Uint8Array,
  path: string,
  remedy: string,
): Parts {
  const value = parseJson(bytes, path, "write the card again");
  return readBySchema(schema, value, { name: path, remedy });
}

/**
 * Makes a card from written texts and from values that were measured or that training stored.
 *
 * @param defaults values for what nobody wrote.
 * @param written  texts; later ones take precedence.
 */
export function makeCard(
  measured: Pick<ModelCard, "weights" | "evaluation" | "heldOutPairs">,
  defaults: Pick<CardText, "title" | "minutes" | "date"> & Partial<CardText>,
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
    heldOutPairs: measured.heldOutPairs,
    evaluation: [...told.evaluation.filter((entry) => !isMeasured(entry)), ...measured.evaluation],
    weights: measured.weights,
    notes: told.notes,
    examples: told.examples,
    ...(told.meanings && { meanings: told.meanings }),
    ...(told.zh && { zh: told.zh }),
    ...(told.opensIn && { opensIn: told.opensIn }),
    pictures: told.pictures,
    date: told.date,
  };
}
