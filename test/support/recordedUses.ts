/** @file Records the output of the command line for the models that come with seq2see. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Recorded, Results } from "./recordedHash.ts";
import { ofData, ofTensors, ofText } from "./recordedHash.ts";
import type { Place } from "./recordedProgram.ts";
import { seq2see, twoAtATime } from "./recordedProgram.ts";
import { runs } from "./recordedRuns.ts";

/** Names of options may change, but not their effect. */
const optionNames = ["model", "options"];

/** The fields of an evaluation with its time and seq2see's version. */
const passing = ["seconds", "signature", "text"];

const french = [
  "Un homme dort .",
  "Je suis étudiant.",
  "Le chat noir dort sur le vieux canapé.",
  "L'accord sur l'Espace économique européen a été signé en août 1992.",
  "Deux chiens jouent dans la neige avec un xylophone à quétzalcoatl .",
];
const english = [
  "A man sleeps.",
  "I am a student.",
  "The black cat sleeps on the old sofa.",
  "The agreement on the European Economic Area was signed in August 1992.",
  "Two dogs play in the snow with a xylophone .",
];

/** A search and its options of `translate`. */
interface Search {
  readonly name: string;
  readonly options: string;
  /** Whether a test has time for it. */
  readonly isQuick?: boolean;
}

const searches: readonly Search[] = [
  { name: "beam", options: "", isQuick: true },
  { name: "greedy", options: "--beam 1" },
  { name: "n-best", options: "--beam 4 --n-best 4 --length-penalty 0", isQuick: true },
  { name: "penalties", options: "--n-best 3 --length-penalty 0.6 --coverage-penalty 0.3" },
  { name: "lengths", options: "--min-length 9 --max-length 12" },
  { name: "short", options: "--max-length 3 --n-best 2" },
  { name: "no-repeat", options: "--no-repeat-ngram 1 --no-replace-unknown" },
  { name: "sample", options: "--sample --seed 7", isQuick: true },
  { name: "sample-top-k", options: "--sample --top-k 5 --temperature 1.7 --seed 8" },
  { name: "sample-top-p", options: "--sample --top-p 0.9 --temperature 0.8" },
  { name: "prefix", options: "--prefix The --n-best 2" },
];

/** Options that require attention. */
const needsAttention = /--(coverage-penalty|no-replace-unknown)/;

const attending = "--model models/fr-en --threads 1";
/** No two models of the repository have the same vocabularies, as an ensemble needs. */
const both = "--model models/fr-en --model models/fr-en --threads 1";
const dates = "--model models/dates --threads 1 --data dates/dev.tsv";

/** Other commands; their output is recorded as text, or as data if it is JSON. */
const commands: Readonly<Record<string, string>> = {
  "translate/alignment-picture": `translate ${attending} --input sources.txt --show-alignment`,
  "translate/prefix-column": `translate ${attending} --input begun.tsv --prefix-column 2 --n-best 2`,
  "translate/ensemble": `translate ${both} --input sources.txt --n-best 3`,
  "translate/ensemble-logits": `translate ${both} --input sources.txt --n-best 3 --ensemble logits`,
  "translate/pictures":
    "translate --model models/captions --threads 1 --input pictures.txt --n-best 2",
  "score/fr-en": `score ${attending} --data pairs.tsv --json`,
  "score/columns": `score ${attending} --data pairs.tsv --keep-columns`,
  "score/dates": `score ${dates} --json`,
  "score/no-attention":
    "score --model models/fr-en-no-attention --threads 1 --data pairs.tsv --json",
  "score/ensemble": `score ${both} --data pairs.tsv --json`,
  "evaluate/fr-en": `evaluate ${attending} --data pairs.tsv --json --metrics bleu,chrf,rouge,wer,per,cer,exact,perplexity`,
  "evaluate/dates": `evaluate ${dates} --json --beam 3 --by-length 1-2,3-4,5+`,
  "evaluate/letters": `evaluate ${dates} --json --bleu-tokenizer char --lowercase`,
  "evaluate/alignments": `evaluate ${attending} --data pairs.tsv --json --metrics aer,bleu --gold-alignments gold.txt`,
  "evaluate/references": `evaluate ${attending} --data pairs.tsv --json --references references.txt --length-penalty 0.5`,
  "evaluate/group": `evaluate ${attending} --data twice.tsv --json --group --metrics bleu,per,exact`,
  "evaluate/ensemble": `evaluate ${both} --data pairs.tsv --json --ensemble logits`,
  "nearest/source": "embeddings --model models/fr-en --threads 1 --nearest homme --json",
  "nearest/target":
    "embeddings --model models/fr-en --threads 1 --side target --nearest house --json",
  "nearest/model-sum": `embeddings --model models/fr-en --threads 1 --side target --analogy "man - he + she" --json`,
  "nearest/vectors": "embeddings --vectors models/vectors --threads 1 --nearest dog --json",
  "nearest/vectors-sum": `embeddings --vectors models/vectors --threads 1 --analogy "king - man + woman" --json`,
  "nearest/analogies":
    "embeddings --vectors models/vectors --threads 1 --analogies questions.txt --json",
};

const quickCommands = [
  "score/fr-en",
  "score/ensemble",
  "evaluate/dates",
  "nearest/source",
  "nearest/vectors-sum",
];

const formats = ["float32", "float16", "int8"];

const joined = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** Writes the input files of the commands. */
function writeInputs({ checkout, folder }: Place): void {
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), joined(lines));
  const pairs = french.map((source, at) => `${source}\t${english[at]}`);
  const begun = french.map((source, at) => `${source}\t${english[at]?.split(" ")[0]}`);
  const others = french.map((source) => `${source}\tA thing.`);
  write("sources.txt", french);
  write("pairs.tsv", pairs);
  write("twice.tsv", [...pairs, ...others]);
  write("begun.tsv", begun);
  const references = english.map((line) => line.replace("sleeps", "is asleep"));
  write("references.txt", references);
  write("gold.txt", Array(french.length).fill("0-0 1-1 1p2 2-2"));
  const questions = [": family", "king queen man woman", "boy girl man woman"];
  write("questions.txt", [...questions, ": size", "big bigger small smaller"]);
  const pictures = readdirSync(join(checkout, "models/captions/examples")).sort();
  const paths = pictures.map((name) => `models/captions/examples/${name}`);
  write("pictures.txt", paths);
}

/** Records translations, traces, scores, evaluations, nearest words and exported weights. */
export async function recordUses(place: Place): Promise<Results> {
  const { folder, isQuick } = place;
  writeInputs(place);
  mkdirSync(join(folder, "traces"));
  const searched = searches.filter((search) => !isQuick || search.isQuick);
  const plain = searched.filter(({ options }) => !isQuick && !needsAttention.test(options));
  const asked = Object.entries(commands).filter(
    ([name]) => !isQuick || quickCommands.includes(name),
  );
  const tasks: (() => Promise<[string, Recorded]>)[] = [
    ...searched.map((search) => () => translated(place, "fr-en", search)),
    ...plain.map((search) => () => translated(place, "fr-en-no-attention", search)),
    ...asked.map(
      ([name, command]) =>
        () =>
          printed(place, name, command),
    ),
    ...(isQuick ? [] : formats.map((format) => () => exported(place, format))),
  ];
  return Object.fromEntries(await twoAtATime(tasks, (task) => task()));
}

/** Records a search: its output, traces and, for a model with attention, alignments. */
async function translated(
  place: Place,
  model: string,
  search: Search,
): Promise<[string, Recorded]> {
  const files = `traces/${model}-${search.name}`;
  const read = (path: string) => readFileSync(join(place.folder, path), "utf8");
  const hasAlignments = model === "fr-en";
  // The command line writes no trace of a search with a prefix; the library's record has them.
  const hasTraces = !search.options.includes("--prefix");
  const output = await seq2see(
    place,
    `translate --model models/${model} --threads 1 --input sources.txt ${search.options}` +
      (hasAlignments ? ` --alignments ${files}.alignments.json` : "") +
      (hasTraces ? ` --trace ${files}.json` : ""),
  );
  const found = {
    output,
    alignments: hasAlignments ? json(read(`${files}.alignments.json`)) : null,
    traces: hasTraces ? json(read(`${files}.json`)) : null,
  };
  return [`translate/${model}/${search.name}`, ofData(found, optionNames)];
}

async function printed(place: Place, name: string, command: string): Promise<[string, Recorded]> {
  const output = await seq2see(place, command);
  const isJson = command.endsWith("--json") || command.includes("--json ");
  return [name, isJson ? ofData(json(output), passing) : ofText(output)];
}

async function exported(place: Place, format: string): Promise<[string, Recorded]> {
  const out = `export-${format}`;
  await seq2see(place, `export --model models/dates --weights ${format} --out ${out}`);
  return [`export/${format}`, ofTensors(join(place.folder, out, "model.safetensors"))];
}

/** Records the graphs of all presets as text; a deliberate change of a graph need not change numbers. */
export async function recordGraphs(place: Place): Promise<Results> {
  const presets = runs.flatMap(({ name, options }) =>
    options === `--preset ${name}` ? [name] : [],
  );
  const graphs = ["train", "encoder", "decoder"];
  const wanted = presets.flatMap((preset) => graphs.map((graph) => ({ preset, graph })));
  const results = await twoAtATime(wanted, async ({ preset, graph }) => {
    const text = await seq2see(place, `inspect --preset ${preset} --graph ${graph}`);
    return [`graph/${preset}/${graph}`, ofText(text)] as const;
  });
  return Object.fromEntries(results);
}

/** Parses a JSON text, or JSON Lines as a list. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  }
}
