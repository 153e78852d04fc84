/** @file The README beside the ONNX files of a model, made from the model. */

import { usualLength } from "../decoding/lengthLimits.ts";
import { formatShape } from "../graph/shape.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import { wiringOf } from "../models/wiring.ts";
import type { EmittedModel, Port } from "../onnx/emit.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import type { Client } from "./clients/clients.ts";
import { clientsFor } from "./clients/clients.ts";
import { clientSourceOf } from "./clients/source.ts";
import type { StandaloneFormat, StandaloneModels } from "./models.ts";
import { standaloneVersions } from "./models.ts";
import { nextName } from "./step.ts";

/** What the README tells of. */
export interface ReadmeContent {
  readonly title: string;
  readonly sizes: ModelSizes;
  readonly format: StandaloneFormat;
  readonly beam: number;
  readonly models: StandaloneModels;
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
}

/** Returns the README as Markdown. */
export function standaloneReadme(content: ReadmeContent): string {
  const { title, sizes, models } = content;
  const isText = sizes.sourceInput === "tokens";
  const parts = [
    `# ${title}, as ONNX files`,
    introduction(content),
    filesTable(content),
    "## Ids",
    `The tokenizers are \`tokenizer.json\` files of Hugging Face's libraries. ${isText ? `The source has ${content.source.size} tokens (${content.source.description}), the` : "The"} target ${content.target.size} (${content.target.description}). 0 is padding, 1 an unknown token, 2 the start that only the decoder reads, 3 the end of a sentence. ${signsOf(sizes)}`,
    ...(isText ? [] : [rowsOfFeatures(content)]),
    "## greedy.onnx",
    portsOf(models.greedy, meanings(content)),
    greedyNotes(content),
    ...(models.beam ? beamPart(content) : []),
    "## encoder.onnx and step.onnx",
    stepNotes(content),
    "### encoder.onnx",
    portsOf(models.encoder, meanings(content)),
    "### step.onnx",
    portsOf(models.step, meanings(content)),
    "## Programs",
    "Save a program in this folder and run it there. All translate with `greedy.onnx`.",
    ...clientsFor(clientSourceOf(sizes)).map(clientPart),
    notesOnTexts(sizes),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Where the programs treat texts in another way than seq2see. */
function notesOnTexts({ sourceInput, attention }: ModelSizes): string {
  const isText = sourceInput === "tokens";
  const replaced = "; seq2see puts the word of the source there that has most of its attention";
  const spelled =
    " A text that spells one of the four special tokens, such as `<s>`, becomes that token in these libraries, and unknown tokens in seq2see.";
  return `The programs write an unknown token as \`<unk>\`; the one in C# leaves it out, as its library does${isText && attention !== "none" ? replaced : ""}.${isText ? spelled : ""}`;
}

function introduction({ sizes, format }: ReadmeContent): string {
  const { ir, operatorSet } = standaloneVersions;
  const numbers =
    format === "float32"
      ? "All numbers are float32."
      : "Matrices are stored and multiplied as int8 (`QuantizeLinear`, `MatMulInteger`), with a float32 scale for each column, or for each row of a table of embeddings; the other numbers are float32. Activations are rounded row by row, so that no sentence depends on the others of its batch, as with `DynamicQuantizeLinear` it would.";
  return `A model of seq2see (preset \`${sizes.preset}\`) as ONNX files that run by themselves, on any ONNX Runtime. They use the standard operators of operator set ${operatorSet} only, in files of IR version ${ir} without external data. ${numbers}`;
}

function filesTable({ models, beam, sizes }: ReadmeContent): string {
  const what: Readonly<Record<string, string>> = {
    greedy: "a whole translation, the loop included: ids in, ids out",
    beam: `the same with a beam of ${beam}`,
    encoder: "reads a source",
    step: "one step of the decoder, for a search of your own",
  };
  const rows = Object.values(models as unknown as Record<string, EmittedModel>).map(
    ({ name, bytes }) =>
      `| \`${name}.onnx\` | ${what[name]} | ${(bytes.length / 1e6).toFixed(2)} MB |`,
  );
  const tokenizers =
    sizes.sourceInput === "tokens"
      ? "`source.tokenizer.json`, `target.tokenizer.json`"
      : "`target.tokenizer.json`";
  return [
    "| file | | size |",
    "| --- | --- | --- |",
    ...rows,
    `| ${tokenizers} | text to ids, and ids to text | |`,
  ].join("\n");
}

/** Whether a source has a start and an end. */
function signsOf({ sourceStart, sourceEnd }: ModelSizes): string {
  const parts = [...(sourceStart ? ["begins with 2"] : []), ...(sourceEnd ? ["ends with 3"] : [])];
  return parts.length === 0
    ? "Start and end are not part of a source."
    : `A source ${parts.join(" and ")}: add that to the ids of its tokens.`;
}

function rowsOfFeatures({ sizes, source }: ReadmeContent): string {
  const { sourceFeatures, patchRows, patchColumns } = sizes;
  const most = source.size - 4;
  const picture =
    patchRows > 0
      ? ` They are the patches of a picture, cut into ${patchRows} rows and ${patchColumns} columns, in reading order: the red, green and blue values of a patch's pixels, row by row, scaled from 0…255 to −1…1, on white where the picture is transparent.`
      : "";
  return `A source consists of rows of ${sourceFeatures} numbers, at most ${most} of them.${picture}`;
}

function greedyNotes({ sizes }: ReadmeContent): string {
  const { times, more } = usualLength;
  const notes = [
    "It finds what greedy search in seq2see finds, token for token.",
    `A sentence ends with 3 and is followed by 0. One without a 3 was cut at the most tokens, ${times} times those of its source and ${more}.`,
    "Sources of different lengths may share a batch; each gets what it gets alone. A source without tokens gets no target.",
  ];
  if (sizes.attention !== "none") {
    notes.push(
      "`attention` has a row for each token of the target, its end included, and a weight for each place of the source.",
    );
  }
  return notes.join(" ");
}

function beamPart(content: ReadmeContent): string[] {
  const { models } = content;
  return [
    "## beam.onnx",
    `Inputs and outputs are those of \`greedy.onnx\`; the outputs are of the best hypothesis, the one that seq2see finds with this beam. Only where two hypotheses are as good as equal, rounding can decide between them in another way.`,
    portsOf(models.beam as EmittedModel, meanings(content)),
  ];
}

function stepNotes({ sizes }: ReadmeContent): string {
  const { carried } = wiringOf(sizes);
  const [first] = carried.map(({ tensor }) => tensor);
  return `Run \`encoder.onnx\` once. Feed all its outputs to \`step.onnx\` under their own names, with \`previous_ids\` 2 at first. Each further step gets the tokens that you chose as \`previous_ids\`, and in place of each state the output of the last step whose name begins with \`next.\`, such as \`${nextName(first as string)}\` for \`${first}\`; the other inputs stay. Every row is a hypothesis: to follow several of one sentence, repeat its rows in all inputs. Padding and start have log-probabilities below −10⁸, since no sentence contains them.`;
}

type Meanings = Readonly<Record<string, string>>;

function meanings({ sizes }: ReadmeContent): Meanings {
  const { carried, attention } = wiringOf(sizes);
  const states = carried.flatMap(({ tensor }): [string, string][] => [
    [tensor, "a state of the decoder"],
    [nextName(tensor), "the same after the step"],
  ]);
  return {
    previous_ids: "the last token of each hypothesis",
    ...Object.fromEntries(states),
    source_ids: "ids of the source, padded with 0 at the end",
    source_features: "rows of the source, padded at the end with any numbers",
    source_lengths: "the number of rows of each source",
    target_ids: "ids of the translation, 0 behind its end",
    log_probabilities: "log p of each of these ids, in nats",
    attention: "weights of the source's places",
    memory: "what attention reads of the source",
    keys: "what attention compares with",
    source_mask: attention ? "true at the source's tokens, false at padding" : "",
    summary: "the source as one vector",
  };
}

function portsOf({ name, inputs, outputs }: EmittedModel, meaning: Meanings): string {
  const row = (kind: string, { name: port, dtype, shape }: Port): string => {
    const isOfStep = name === "step" && port === "log_probabilities";
    const text = isOfStep ? "log p of each token as the next one, in nats" : meaning[port];
    return `| ${kind} | \`${port}\` | ${dtype} | \`${formatShape(shape)}\` | ${text ?? ""} |`;
  };
  return [
    "| | name | type | shape | |",
    "| --- | --- | --- | --- | --- |",
    ...inOrder(inputs, meaning).map((port) => row("input", port)),
    ...outputs.map((port) => row("output", port)),
  ].join("\n");
}

/** Inputs in the order in which the README explains them; files have them in the order of their use. */
function inOrder(ports: readonly Port[], meaning: Meanings): Port[] {
  const order = Object.keys(meaning);
  return ports.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

function clientPart({ language, fence, file, commands, code }: Client): string {
  return [
    `### ${language}: \`${file}\``,
    `\`\`\`sh\n${commands.join("\n")}\n\`\`\``,
    `\`\`\`${fence}\n${code}\`\`\``,
  ].join("\n\n");
}
