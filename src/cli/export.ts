/** @file `seq2see export`: a small copy of a trained model, with its card. */

import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { allPairs, sourceFolder } from "../data/node/readPairs.ts";
import type { SentencePair } from "../data/pairs.ts";
import { fittingBleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { ModelForm } from "../evaluation/modelForm.ts";
import { scriptOf } from "../evaluation/textUnit.ts";
import { readWholeFile, writeFolderAtomically } from "../files/nodeFiles.ts";
import type { CardEvaluation, CardText, ModelCard } from "../modelFolder/card.ts";
import { cardFile, cardTextOf, makeCard } from "../modelFolder/card.ts";
import { evaluationFile } from "../modelFolder/evaluationRecord.ts";
import type { ModelBytes, StoredModel } from "../modelFolder/modelFolder.ts";
import { modelBytes, modelFiles, modelOf, tokenizerFiles } from "../modelFolder/modelFolder.ts";
import { readCard, readModel } from "../modelFolder/nodeModelFolder.ts";
import { modelPlace } from "../modelFolder/nodeModelPlace.ts";
import { samplesOf } from "../modelFolder/samples.ts";
import { trainingRecords } from "../modelFolder/trainingRecords.ts";
import { weightFormats } from "../modelFolder/weightFormat.ts";
import { nodeRuntime } from "../runtime/node.ts";
import type { RuntimeOptions } from "../runtime/options.ts";
import { runtimeOptions } from "../runtime/options.ts";
import { UserError } from "../tensor/errors.ts";
import { largestOf } from "../tensor/extremes.ts";
import { runFiles } from "../training/storage/runStorage.ts";
import { columnsOf, padColumnsEnd } from "./columns.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource, setName } from "./data.ts";
import { comparisonNotes, droppedNotes } from "./evaluationNotes.ts";
import { bleuTokenizerOf, tokenizerNames } from "./evaluationPlan.ts";
import type { OnnxFlags } from "./exportOnnx.ts";
import { exportOnnx } from "./exportOnnx.ts";
import { exportOpenUtau } from "./exportOpenUtau.ts";
import type { TestSet } from "./measureWeights.ts";
import { compareOnSet } from "./measureWeights.ts";
import { oneModel } from "./models.ts";
import { checkNewFolder } from "./newFolder.ts";
import { printNotice } from "./notices.ts";
import { wholeFrom } from "./numbers.ts";
import { readOptionFile } from "./optionFile.ts";
import { evaluablePairs } from "./references.ts";
import { standardOutput } from "./standardOutput.ts";
import { choicesWithSuggestions } from "./suggestions.ts";
import { addOptions } from "./tableOptions.ts";

const examples = `
Examples:
  $ seq2see export --model my-model --out web/my-model
  $ seq2see export --model my-model --out web/my-model --weights int8 --data dev.tsv
  $ seq2see export --model my-model --out web/my-model --card card.json
  $ seq2see export --model my-model --out my-model-onnx --onnx --weights int8
  A pronunciation model for OpenUtau, with a dictionary of known words:
    $ seq2see export --model say --for openutau --out g2p.zip --data words.tsv

Use the copy like any other model: --model web/my-model, or Seq2Seq.load in a page. ONNX files run without seq2see;
the README.md beside them tells how.
`;

/** The flags of `seq2see export`. */
interface ExportFlags extends DataOptions, RuntimeOptions, OnnxFlags {
  readonly onnx?: boolean;
  readonly for?: "openutau";
  readonly phonemeTypes?: string;
  readonly card?: string;
  readonly bleuTokenizer?: string;
  readonly lowercase?: boolean;
}

/** What other tools call the formats of weights. */
const otherFormats: Readonly<Record<string, readonly string[]>> = {
  float32: ["fp32", "full", "single"],
  float16: ["fp16", "half"],
  int8: ["q8", "quantized"],
};

/** Adds `seq2see export`. */
export function addExportCommand(program: Command): void {
  const command = program
    .command("export")
    .description(
      "make a small copy of a model for the web, with a model card; with --data, measure the loss of quality; with --onnx, write ONNX files instead, which run anywhere",
    )
    .requiredOption(
      "--model <folder>",
      "folder of the model, or the name of one that comes with seq2see, such as fr-en",
      oneModel,
    )
    .requiredOption("--out <folder>", "folder of the copy, new or empty; with --for, a file")
    .addOption(
      choicesWithSuggestions(
        new Option(
          "--weights <format>",
          "float16 halves the file size, int8 quarters it (with a scale for each row of a matrix); ONNX files have float32 or int8",
        ),
        weightFormats.map((name) => ({ name, otherNames: otherFormats[name] })),
      ).default("float16", "float16, or float32 with --onnx and --for"),
    )
    .option(
      "--onnx",
      "write ONNX files that any ONNX Runtime runs without seq2see, and a README.md",
    )
    .addOption(
      choicesWithSuggestions(
        new Option(
          "--for <program>",
          "openutau: write a pronunciation model as a pack for OpenUtau's G2pPack; --data are then words that it knows by heart",
        ),
        ["openutau"],
      ),
    )
    .option(
      "--phoneme-types <file>",
      'with --for openutau: a line such as "AA vowel" for each phoneme (default: those of ARPABET)',
    );
  addDataOptions(command)
    .option("--card <file>", "texts of the model card, as JSON: title, languages, data, …")
    .option(
      "--beam <n>",
      "beam size of the measurement, or of beam.onnx; 1 is greedy, which needs no beam.onnx (default: 5)",
      wholeFrom(1),
    )
    .option(
      "--bleu-tokenizer <name>",
      `${tokenizerNames.join(", ")}; none for tokenised text (default: 13a, or zh or char if the references have no spaces between words)`,
    )
    .option("--lowercase", "compare in lower case")
    .addHelpText("after", examples)
    .action(exportModel);
  addOptions(command, runtimeOptions);
}

async function exportModel(flags: ExportFlags, command: Command): Promise<void> {
  if (flags.for !== undefined && !flags.onnx) return exportOpenUtau(flags, command);
  // All errors are found before any work is done.
  await checkNewFolder(flags.out);
  if (flags.onnx) return exportOnnx(flags, command);
  if (flags.phonemeTypes !== undefined) {
    throw new UserError(
      `--phoneme-types ${flags.phonemeTypes}: a copy has no such file; add --for openutau, or leave it out.`,
    );
  }
  const written = flags.card === undefined ? {} : await readCardText(flags.card);
  const set = await testSet(flags);
  const runtime = nodeRuntime(flags);
  const folder = modelPlace(flags.model);
  const stored = await readModel(folder, { onNotice: printNotice });
  const records = await recordsOf(folder);
  const inherited = await inheritedText(folder);
  const named = written.pictures ?? inherited.pictures ?? [];
  const pictures = await readPictures(folder, named);

  if (set) tellOfReferences(set, stored);
  const files = modelBytes(stored, flags.weights);
  // The evaluation uses the exported bytes, read as a page reads them.
  const copy = modelOf(files, (file) => join(flags.out, file));
  const evaluation =
    set && (await compareOnSet({ model: stored, copy }, set, runtime, console.error));
  const card = makeCard(
    {
      weights: { dtype: flags.weights, bytes: files.weights.length },
      evaluation: evaluation ? [evaluation] : [],
      heldOutPairs: stored.summary?.heldOutPairs ?? null,
    },
    {
      title: basename(resolve(folder)),
      minutes: stored.summary && Math.round(stored.summary.seconds / 6) / 10,
      date: new Date().toISOString().slice(0, 10),
      examples: await sampleSources(folder, stored),
    },
    inherited,
    written,
  );
  await writeFolderAtomically(flags.out, folderOf(files, card, new Map([...records, ...pictures])));
  const before = (await readWholeFile(join(folder, modelFiles.weights))).length;
  await standardOutput.print(table(stored, before, card, evaluation));
}

async function readCardText(path: string): Promise<Partial<CardText>> {
  const text = await readOptionFile("--card", path);
  return cardTextOf(new TextEncoder().encode(text), `--card ${path}`);
}

/** The card texts of a model that is itself a copy, without the evaluation of its other weights. */
async function inheritedText(model: string): Promise<Partial<CardText>> {
  const card = await readCard(model);
  if (!card) return {};
  const { title, languages, data, command, minutes, notes, examples, pictures } = card;
  return { title, languages, data, command, minutes, notes, examples, pictures };
}

/** What a page begins with unless the card says so: sources of the dev set, of which the run kept a sample. */
async function sampleSources(model: string, { sizes }: StoredModel): Promise<string[]> {
  if (sizes.sourceInput === "features") return [];
  const path = join(model, runFiles.samplePairs);
  if (!existsSync(path)) return [];
  const samples = samplesOf(new TextDecoder().decode(await readWholeFile(path)));
  return samples.map(({ source }) => source);
}

/** The pictures that the card names, from the folder of the model. */
async function readPictures(
  model: string,
  names: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>();
  for (const name of names) {
    const path = join(model, name);
    if (!existsSync(path)) {
      throw new UserError(
        `${path}: the card names this picture, but it is not there; copy it there.`,
      );
    }
    pictures.set(name, await readWholeFile(path));
  }
  return pictures;
}

/** The evaluation pairs, if any are given. */
async function testSet(flags: ExportFlags): Promise<TestSet | null> {
  const { data, source, target, beam = 5, bleuTokenizer, lowercase = false } = flags;
  if (data === undefined && source === undefined && target === undefined) {
    for (const [option, value] of Object.entries({
      "--beam": flags.beam,
      "--bleu-tokenizer": flags.bleuTokenizer,
      "--lowercase": flags.lowercase,
      "--columns": flags.columns,
      "--format": flags.format,
    })) {
      if (value !== undefined) {
        throw new UserError(
          `${option}: nothing is measured without pairs; add --data FILE, or leave ${option} out.`,
        );
      }
    }
    return null;
  }
  const asked = bleuTokenizerOf(bleuTokenizer);
  const place = pairSource(flags);
  const all = await allPairs(place);
  const { kept, dropped } = evaluablePairs(all, [], place);
  for (const line of droppedNotes(dropped)) console.error(line);
  const pairs = kept.map((index) => all[index] as SentencePair);
  const tokenizer = asked ?? fittingBleuTokenizer(pairs.map((pair) => pair.target));
  return { name: setName(place), folder: sourceFolder(place), pairs, beam, tokenizer, lowercase };
}

/** Prints notes on what the scores of a set depend on. */
function tellOfReferences({ pairs, tokenizer, lowercase }: TestSet, { target }: StoredModel): void {
  const references = pairs.map((pair) => pair.target);
  const { unit } = scriptOf(references);
  const compared = { tokenizer, lowercase, unit, form: ModelForm.of(target) };
  for (const line of comparisonNotes(["bleu", "chrf"], [references], compared)) {
    console.error(line);
  }
}

/** The records of training and evaluation for people. */
const recordFiles = [...Object.values(trainingRecords), evaluationFile];

async function recordsOf(model: string): Promise<Map<string, Uint8Array>> {
  const records = new Map<string, Uint8Array>();
  for (const file of recordFiles) {
    const path = join(model, file);
    if (!existsSync(path)) continue;
    const bytes = await readWholeFile(path);
    checkRecord(path, new TextDecoder().decode(bytes));
    records.set(file, bytes);
  }
  return records;
}

/** Checks that a page can read a record. */
function checkRecord(path: string, text: string): void {
  const parts = path.endsWith(".jsonl") ? text.split("\n").filter((line) => line !== "") : [text];
  parts.forEach((part, index) => {
    try {
      JSON.parse(part);
    } catch {
      const place = path.endsWith(".jsonl") ? `line ${index + 1} is` : "it is";
      throw new UserError(`${path}: ${place} not JSON; restore the file, or remove it.`);
    }
  });
}

function folderOf(
  files: ModelBytes,
  card: ModelCard,
  others: ReadonlyMap<string, Uint8Array>,
): Map<string, Uint8Array[]> {
  return new Map([
    [modelFiles.config, [files.config]],
    [modelFiles.weights, [files.weights]],
    [tokenizerFiles.source, [files.source]],
    [tokenizerFiles.target, [files.target]],
    ...Array.from(others, ([file, bytes]) => [file, [bytes]] as [string, Uint8Array[]]),
    [cardFile, [new TextEncoder().encode(`${JSON.stringify(card, null, 2)}\n`)]],
  ]);
}

/** The effect of the export on the model: a column before and one after. */
function table(
  { weightFormat }: StoredModel,
  bytesBefore: number,
  { weights }: ModelCard,
  evaluation: CardEvaluation | null,
): string {
  const size = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const rows = [
    ["", weightFormat, weights.dtype],
    [modelFiles.weights, size(bytesBefore), size(weights.bytes)],
  ];
  const before = evaluation?.before;
  if (evaluation && before) {
    const { set, beam } = evaluation;
    rows.push(
      [`${set}, beam ${beam}`, "", ""],
      ["  BLEU", before.bleu.toFixed(2), evaluation.bleu.toFixed(2)],
      ["  chrF2", before.chrf.toFixed(2), evaluation.chrf.toFixed(2)],
      ["  perplexity", before.perplexity.toFixed(4), evaluation.perplexity.toFixed(4)],
      ["  largest difference of a log-probability", "", before.largestDifference.toPrecision(2)],
    );
  }
  const width = largestOf(rows.map(([label]) => columnsOf(label as string)));
  return rows
    .map(([label, ...cells]) =>
      [padColumnsEnd(label as string, width), ...cells.map((cell) => cell.padStart(12))]
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
