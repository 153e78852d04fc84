/** @file What the API is asked: types, and the JSON schemas that requests are checked against. */

/** A JSON schema, of the parts that are used here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

type Limit =
  | ("body" | "text" | "tracedText" | "texts" | "beam" | "tokens" | "tracedTokens" | "penalty")
  | ("leastTemperature" | "temperature" | "topK" | "seed" | "searched" | "searchedInAll")
  | ("weights" | "waiting" | "connections");

/**
 * The bounds of what one request may ask for; `docs/server.md` tells them. Of searched tokens there are
 * as many as a translation's tokens times the beam: that is what time and memory go by.
 */
export const limits: Readonly<Record<Limit, number>> = {
  /** Of a request's body, in bytes. */
  body: 1024 * 1024,
  /** Of a text that is translated, in characters; and of one whose every tensor is told. */
  text: 2000,
  tracedText: 400,
  texts: 100,
  beam: 20,
  /** Of a translation, in tokens. */
  tokens: 4000,
  tracedTokens: 400,
  /** Of the exponent of the length penalty and of the weight of the coverage penalty. */
  penalty: 10,
  /** Of the temperature that tokens are drawn with. */
  leastTemperature: 0.01,
  temperature: 100,
  /** Of the tokens that are drawn from. */
  topK: 1000,
  seed: 2 ** 52,
  /** Of searched tokens: for one text, which is also what is done before another request has its turn. */
  searched: 25_000,
  /** Of searched tokens: for all texts of a request. */
  searchedInAll: 500_000,
  /** Of the weights of attention in an answer. */
  weights: 5_000_000,
  /** Of the texts of all requests that wait for their turn. */
  waiting: 1000,
  connections: 1000,
};

/** Options of searching that translating and tracing share. */
export interface SearchFields {
  readonly model?: string;
  readonly beam?: number;
  readonly nBest?: number;
  readonly lengthPenalty?: number;
  readonly coveragePenalty?: number;
  readonly maxLength?: number;
}

/** The body of `POST /api/translate`. */
export interface TranslateRequest extends SearchFields {
  readonly text?: string;
  readonly texts?: readonly string[];
  readonly replaceUnknown?: boolean;
  readonly attention?: boolean;
  readonly sample?: {
    readonly seed?: number;
    readonly temperature?: number;
    readonly topK?: number;
  };
}

/** The body of `POST /api/trace`. */
export interface TraceRequest extends SearchFields {
  readonly text: string;
  readonly hypothesis?: number;
  readonly prefix?: readonly number[];
  readonly target?: readonly number[];
  readonly attention?: readonly { readonly step: number; readonly weights: readonly number[] }[];
}

const searchFields = (maxTokens: number): Record<string, JsonSchema> => ({
  model: {
    type: "string",
    description: "The name of a model, as `/api/models` tells it; the first one unless given.",
    examples: ["fr-en"],
  },
  beam: {
    type: "integer",
    minimum: 1,
    maximum: limits.beam,
    description: "Hypotheses searched side by side; 1 is greedy. 5, or nBest if that is more.",
  },
  nBest: {
    type: "integer",
    minimum: 1,
    maximum: limits.beam,
    description:
      "How many translations are wanted, at most the beam; 1 unless given, for a trace the beam.",
  },
  lengthPenalty: {
    type: "number",
    minimum: 0,
    maximum: limits.penalty,
    description: "Length normalisation of GNMT, 0 for none; 1 unless given.",
  },
  coveragePenalty: {
    type: "number",
    minimum: 0,
    maximum: limits.penalty,
    description: "Coverage penalty of GNMT, for a model with attention; 0 unless given.",
  },
  maxLength: {
    type: "integer",
    minimum: 1,
    maximum: maxTokens,
    description: `Most tokens of a translation; twice the source and 10 unless given. Times the beam it may be ${limits.searched}, and in all texts together ${limits.searchedInAll}.`,
  },
});

const text = (maxLength: number): JsonSchema => ({
  type: "string",
  maxLength,
  description: "A text in the model's source language.",
  examples: ["Je suis étudiant."],
});

/** What {@link TranslateRequest} is checked against. */
export const translateBody: JsonSchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    text: text(limits.text),
    texts: {
      type: "array",
      minItems: 1,
      maxItems: limits.texts,
      items: text(limits.text),
      description: "Several texts, in place of `text`.",
    },
    ...searchFields(limits.tokens),
    replaceUnknown: {
      type: "boolean",
      description:
        "Whether unknown words are taken from the source; they are unless this is false.",
    },
    attention: {
      type: "boolean",
      description: `Whether the weights of attention are wanted, of which an answer holds up to ${limits.weights}; they are not unless this is true.`,
    },
    sample: {
      type: "object",
      additionalProperties: false,
      description: "Draws tokens at random instead of searching; takes a beam of 1.",
      properties: {
        seed: {
          type: "integer",
          minimum: 0,
          maximum: limits.seed,
          description: "Fixes what is drawn; 1 unless given.",
        },
        temperature: {
          type: "number",
          minimum: limits.leastTemperature,
          maximum: limits.temperature,
          description: "1 unless given.",
        },
        topK: {
          type: "integer",
          minimum: 1,
          maximum: limits.topK,
          description: "Draws from the most probable only.",
        },
      },
    },
  },
};

const ids = (description: string): JsonSchema => ({
  type: "array",
  maxItems: limits.tracedTokens,
  items: { type: "integer", minimum: 0 },
  description,
});

/** What {@link TraceRequest} is checked against. */
export const traceBody: JsonSchema = {
  type: "object",
  additionalProperties: false,
  required: ["text"],
  properties: {
    text: text(limits.tracedText),
    ...searchFields(limits.tracedTokens),
    hypothesis: {
      type: "integer",
      minimum: 0,
      maximum: limits.beam - 1,
      description: "Which of the search's results the steps are recorded of; 0 unless given.",
    },
    prefix: ids("Ids of target tokens that the translation begins with."),
    target: ids("Ids of target tokens that are the translation, in place of a search."),
    attention: {
      type: "array",
      maxItems: limits.tracedTokens,
      description: "Weights of attention in place of the model's own at some steps.",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["step", "weights"],
        properties: {
          step: { type: "integer", minimum: 0, description: "A decoder step, from 0." },
          weights: {
            type: "array",
            maxItems: limits.tracedText,
            items: { type: "number", minimum: 0 },
            description: "One weight for each source token.",
          },
        },
      },
    },
  },
};
