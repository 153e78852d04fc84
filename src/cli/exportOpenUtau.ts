/** @file `seq2see export --for openutau`: a pronunciation model as a pack that OpenUtau reads. */

import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import type { Command } from "commander";
import { allPairs } from "../data/node/readPairs.ts";
import { pairOptions } from "../data/pairOptions.ts";
import { writeFileAtomically } from "../files/nodeFiles.ts";
import { writeZip } from "../files/zip.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { modelPlace } from "../modelFolder/nodeModelPlace.ts";
import type { WeightFormat } from "../modelFolder/weightFormat.ts";
import type { StandaloneFormat } from "../standalone/models.ts";
import type { DictionaryEntry, PronunciationModel } from "../standalone/openUtauPack.ts";
import { dictionaryEntry, packFiles, packSymbols } from "../standalone/openUtauPack.ts";
import { arpabetTypesOf, parsePhonemeTypes } from "../standalone/phonemeTypes.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { DataOptions } from "./data.ts";
import { pairSource } from "./data.ts";
import { printNotice } from "./notices.ts";
import { readOptionFile } from "./optionFile.ts";
import { checkOutputs } from "./outputFiles.ts";
import { standardOutput } from "./standardOutput.ts";
import type { FlagUse } from "./unusedFlags.ts";
import { refuseUnused } from "./unusedFlags.ts";

/** The flags that say what goes into a pack. */
export interface PackFlags extends DataOptions {
  readonly model: string;
  readonly out: string;
  readonly phonemeTypes?: string;
  readonly weights: WeightFormat;
}

/** The flags that have an effect with `--for openutau`. */
const use: FlagUse = {
  what: "a pack for OpenUtau",
  by: "--for",
  used: new Set(["model", "out", "for", "phonemeTypes", "weights", ...Object.keys(pairOptions)]),
};

/** The date of all files, so that the same model makes the same pack. */
const date = new Date(1980, 0, 1);

/**
 * Writes a pack.
 *
 * @throws UserError if the model is none of pronunciations, or a file cannot be read or written; nothing is written then.
 */
export async function exportOpenUtau(flags: PackFlags, command: Command): Promise<void> {
  refuseUnused(command, use);
  const { out, phonemeTypes } = flags;
  const format = formatOf(flags, command);
  if (existsSync(out) && statSync(out).isDirectory()) {
    throw new UserError(
      `--out ${out}: this is a folder, and a pack is a file; give its name, such as g2p.zip.`,
    );
  }
  const { data, source, target } = flags;
  checkOutputs(
    [{ flag: "--out", path: out }],
    [
      { flag: "--data", path: typeof data === "string" ? data : undefined },
      { flag: "--source", path: source },
      { flag: "--target", path: target },
      { flag: "--phoneme-types", path: phonemeTypes },
    ],
    [modelPlace(flags.model)],
  );
  if (existsSync(out) && !isArchive(out)) {
    throw new UserError(
      `--out ${out}: this file is no earlier pack, and is not replaced; give another name, or remove it.`,
    );
  }
  const typed = phonemeTypes && (await readOptionFile("--phoneme-types", phonemeTypes));
  const model = await readModel(modelPlace(flags.model), { onNotice: printNotice });
  const symbols = packSymbols(model);
  const names = symbols.phonemes.filter((name) => name !== "");
  const types =
    typed === undefined
      ? arpabetTypesOf(names)
      : parsePhonemeTypes(typed, `--phoneme-types ${phonemeTypes}`, names);
  if (types === null) {
    throw new UserError(
      '--for openutau: the phonemes are not those of ARPABET, so that it is not known which are vowels; say it with --phoneme-types FILE, a line such as "a vowel" for each.',
    );
  }
  const dictionary = await dictionaryOf(flags, model);
  const files = packFiles({ model, symbols, dictionary, types, format });
  const archive = writeZip(files, date);
  await writeFileAtomically(out, [archive]);
  const words = new Set(dictionary.map(({ word }) => word)).size;
  await standardOutput.print(
    `${out}: ${(archive.length / 1e6).toFixed(2)} MB, ${counted(names.length, "phoneme")}, a dictionary of ${counted(words, "word")}`,
  );
}

/** Whether a file is a zip archive, or empty; a pipe or a device is written as it is. */
function isArchive(path: string): boolean {
  const found = statSync(path);
  if (!found.isFile() || found.size === 0) return true;
  const start = Buffer.alloc(2);
  const file = openSync(path, "r");
  readSync(file, start);
  closeSync(file);
  return start.toString() === "PK";
}

function formatOf({ weights }: PackFlags, command: Command): StandaloneFormat {
  if (command.getOptionValueSource("weights") !== "cli") return "float32";
  if (weights !== "float16") return weights;
  throw new UserError(
    "--weights float16: OpenUtau computes in float32; give float32 or int8, or leave it out.",
  );
}

/** The words of `--data`. */
async function dictionaryOf(
  flags: PackFlags,
  model: PronunciationModel,
): Promise<DictionaryEntry[]> {
  const { data, source, target } = flags;
  if (data === undefined && source === undefined && target === undefined) return [];
  const pairs = await allPairs(pairSource(flags));
  const entries = pairs.flatMap((pair) => dictionaryEntry(model, pair) ?? []);
  const leftOut = pairs.length - entries.length;
  if (leftOut > 0) {
    printNotice(
      `${counted(leftOut, "word")} of ${counted(pairs.length, "word")} left out of the dictionary, as the model does not have all of their phonemes.`,
    );
  }
  return entries;
}
