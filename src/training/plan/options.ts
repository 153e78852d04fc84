import { z } from "zod";
import type { PairSource } from "../../data/pairs.ts";
import { tableFormats } from "../../data/tables.ts";
import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import { bleuTokenizers } from "../../evaluation/bleuTokenizer.ts";
import type { ConfigurationChanges } from "../../models/configuration.ts";
import { UserError } from "../../tensor/errors.ts";
import { recipeFor } from "./recipes.ts";

/** All that fixes a training run. It is kept beside the checkpoint, so that resuming needs no options. */
export interface TrainOptions {
  readonly data: PairSource;
  /** Sentence pairs that are not trained on: they decide which weights are kept and when to stop. */
  readonly dev?: PairSource | undefined;
  /** Pairs, at most 20, that each evaluation looks at and records in `training/watched.jsonl`. */
  readonly watch?: PairSource | undefined;
  /** The folder of the model. */
  readonly out: string;
  /**
   * The folder of a trained model to start from: its weights, vocabularies and shape. The optimiser,
   * the schedule and the count of steps begin anew.
   */
  readonly from?: string | undefined;
  /** Files of word vectors that the embeddings begin with; their size becomes the embeddings'. */
  readonly sourceEmbeddings?: string | undefined;
  readonly targetEmbeddings?: string | undefined;
  /** Whether these embeddings, or those of the model to start from, stay as they are. */
  readonly freezeEmbeddings?: boolean;
  readonly preset?: string;
  /** Sizes and switches of the preset to change. */
  readonly model?: ConfigurationChanges;
  /** `bpe:8000`, `word:8000` or `char`. */
  readonly tokenizer?: string;
  readonly lowercase?: boolean;
  /** Pairs with a longer side, in tokens, are left out. */
  readonly maxLength?: number;
  /** Sentences of a batch. */
  readonly batch?: number;
  /** The most padded target tokens of a batch; no limit unless given. */
  readonly batchTokens?: number | undefined;
  readonly optimizer?: string;
  /** How much of the running means of gradients and of their squares Adam keeps each step: β₁ and β₂. */
  readonly adamBeta1?: number | undefined;
  readonly adamBeta2?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly schedule?: string;
  /** The largest norm of the gradient; 0 for no limit. */
  readonly clip?: number;
  readonly labelSmoothing?: number;
  readonly lossPer?: "token" | "sentence";
  /** How often the model's own words are its inputs: see `parseSamplingDecay`. Never unless given. */
  readonly scheduledSampling?: string | undefined;
  /** A file of links between words, a line in the Pharaoh format for each pair, that attention is taught. */
  readonly guidedAlignment?: string | undefined;
  /** How much the loss of these links counts beside that of the translation. */
  readonly guidedAlignmentWeight?: number;
  /**
   * How much it counts that attention looks at every place of the source as much, over a sentence: λ of Xu et
   * al. (2015), eq. 14, who had 1.
   */
  readonly evenAttention?: number;
  /** How many evaluations' weights are kept as models in `training/checkpoints`. */
  readonly keepCheckpoints?: number;
  /** How much of the running average of the weights is kept every 16 steps; 0 for no average. */
  readonly average?: number;
  /** Steps from one evaluation to the next; once an epoch unless given. */
  readonly evaluateEvery?: number | undefined;
  /** What the kept weights are the best by, on the dev set; `none` keeps the last. */
  readonly keepBest?: "perplexity" | "bleu" | "none";
  /** How BLEU of `keepBest` parts sentences; as the dev targets are written unless given. */
  readonly bleuTokenizer?: BleuTokenizer | undefined;
  /** Evaluations without improvement after which training stops; 0 for never. */
  readonly patience?: number;
  readonly epochs?: number | undefined;
  readonly minutes?: number | undefined;
  readonly steps?: number | undefined;
  readonly seed?: number;
  readonly threads?: number | undefined;
  readonly device?: string;
}

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const message =
    most < 2 ** 32
      ? `give a whole number from ${least} to ${most}`
      : `give a whole number from ${least}`;
  return z.number(message).int(message).min(least, message).max(most, message);
};
const between = (least: number, most: number) => {
  const message = `give a number from ${least} to ${most}`;
  return z.number(message).min(least, message).max(most, message);
};
const positive = () => z.number("give a number above 0").positive("give a number above 0");
const pairSource = z.union([
  z.object({
    kind: z.literal("table"),
    path: z.string(),
    columns: z.tuple([z.string(), z.string()]),
    format: z.enum(tableFormats).optional(),
  }),
  z.object({ kind: z.literal("aligned"), source: z.string(), target: z.string() }),
]);

const schema = z.strictObject({
  data: pairSource,
  dev: pairSource.optional(),
  watch: pairSource.optional(),
  out: z.string(),
  from: z.string().optional(),
  sourceEmbeddings: z.string().optional(),
  targetEmbeddings: z.string().optional(),
  freezeEmbeddings: z.boolean().default(false),
  preset: z.string().default("luong2015"),
  model: z.record(z.string(), z.unknown()).default({}),
  tokenizer: z.string().default("bpe:8000"),
  lowercase: z.boolean().default(false),
  maxLength: whole(1, 100_000).default(100),
  batch: whole(1, 65_536).default(64),
  batchTokens: whole(1).optional(),
  optimizer: z.string().default("adam"),
  adamBeta1: between(0, 0.9999).optional(),
  adamBeta2: between(0, 0.999999).optional(),
  learningRate: positive().optional(),
  schedule: z.string().default("plateau"),
  clip: z.number().min(0, "give 0 or more").default(5),
  labelSmoothing: between(0, 0.9).default(0),
  lossPer: z.enum(["token", "sentence"]).default("token"),
  scheduledSampling: z.string().optional(),
  guidedAlignment: z.string().optional(),
  guidedAlignmentWeight: z.number().min(0, "give 0 or more").default(1),
  evenAttention: z.number().min(0, "give 0 or more").default(0),
  keepCheckpoints: whole(0).default(0),
  average: between(0, 0.9999).default(0),
  evaluateEvery: whole(1).optional(),
  keepBest: z.enum(["perplexity", "bleu", "none"]).default("perplexity"),
  bleuTokenizer: z
    .enum(Object.keys(bleuTokenizers), `choose one of ${Object.keys(bleuTokenizers).join(", ")}`)
    .optional(),
  patience: whole(0).default(5),
  epochs: whole(1).optional(),
  minutes: positive().optional(),
  steps: whole(1).optional(),
  seed: whole(0, 2 ** 31).default(1),
  threads: whole(1).optional(),
  device: z.string().default("cpu"),
});

/** Options for which there is no default. */
type Open =
  | "dev"
  | "from"
  | "sourceEmbeddings"
  | "targetEmbeddings"
  | "watch"
  | "batchTokens"
  | "scheduledSampling"
  | "guidedAlignment"
  | "adamBeta1"
  | "adamBeta2"
  | "learningRate"
  | "evaluateEvery"
  | "bleuTokenizer"
  | "epochs"
  | "minutes"
  | "steps"
  | "threads";

/** The options with every default filled in. */
export type FullTrainOptions = Required<Omit<TrainOptions, Open>> & Pick<TrainOptions, Open>;

/** The name of an option on the command line: `learningRate` is `--learning-rate`. */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Fills in the defaults: those of the preset's recipe, then those of all.
 *
 * @throws UserError naming the option that is out of range.
 */
export function fullOptions(options: TrainOptions): FullTrainOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const result = schema.safeParse({ ...recipeFor(options), ...Object.fromEntries(given) });
  if (result.success) return result.data as FullTrainOptions;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  if (issue.code === "unrecognized_keys") {
    throw new UserError(`There is no training option "${issue.keys[0]}"; leave it out.`);
  }
  if (issue.path.length === 0) throw new UserError("The training options are not an object.");
  const key = String(issue.path[0]);
  const value = (options as unknown as Record<string, unknown>)[key];
  throw new UserError(`${optionName(key)} ${String(value)}: ${issue.message}.`);
}
