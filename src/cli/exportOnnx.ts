/** @file `seq2see export --onnx`: a model as ONNX files that run without seq2see. */

import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { writeFolderAtomically } from "../files/nodeFiles.ts";
import { readCard, readModel } from "../modelFolder/nodeModelFolder.ts";
import { modelPlace } from "../modelFolder/nodeModelPlace.ts";
import type { WeightFormat } from "../modelFolder/weightFormat.ts";
import { standaloneFiles } from "../standalone/files.ts";
import type { StandaloneFormat } from "../standalone/models.ts";
import { standaloneFormats } from "../standalone/models.ts";
import { UserError } from "../tensor/errors.ts";
import { largestOf } from "../tensor/extremes.ts";
import { columnsOf, padColumnsEnd } from "./columns.ts";
import { printNotice } from "./notices.ts";
import { standardOutput } from "./standardOutput.ts";
import type { FlagUse } from "./unusedFlags.ts";
import { refuseUnused } from "./unusedFlags.ts";

/** The flags of `seq2see export` that ONNX files depend on. */
export interface OnnxFlags {
  readonly model: string;
  readonly out: string;
  readonly weights: WeightFormat;
  readonly beam?: number;
}

/** The width of `beam.onnx` unless another is asked for, as of `seq2see translate`. */
const usualBeam = 5;

/** The widest beam of a file: all that it compares lie in one row. */
const widestBeam = 1000;

/** Writes the files and prints their sizes. The folder is checked before. */
export async function exportOnnx(flags: OnnxFlags, command: Command): Promise<void> {
  refuseUnused(command, use);
  const format = formatOf(flags, command);
  if (flags.beam !== undefined && flags.beam > widestBeam) {
    throw new UserError(
      `--beam ${flags.beam}: beam.onnx keeps at most ${widestBeam} hypotheses of a sentence; choose a smaller beam.`,
    );
  }
  const folder = modelPlace(flags.model);
  const model = await readModel(folder, { onNotice: printNotice });
  const title = (await readCard(folder))?.title ?? basename(resolve(folder));
  const files = standaloneFiles(model, { title, format, beam: flags.beam ?? usualBeam });
  const contents = Array.from(files, ([name, bytes]): [string, Uint8Array[]] => [name, [bytes]]);
  await writeFolderAtomically(flags.out, new Map(contents));
  const width = largestOf(Array.from(files.keys(), columnsOf));
  const rows = Array.from(files, ([name, { length }]) => {
    const size = `${(length / 1e6).toFixed(2)} MB`;
    return `${padColumnsEnd(name, width)}${size.padStart(12)}`;
  });
  await standardOutput.print(rows.join("\n"));
}

/** The flags that have an effect with `--onnx`. */
const use: FlagUse = {
  what: "ONNX files",
  by: "--onnx",
  used: new Set(["model", "out", "onnx", "weights", "beam"]),
};

function formatOf({ weights }: OnnxFlags, command: Command): StandaloneFormat {
  const known: readonly string[] = standaloneFormats;
  if (command.getOptionValueSource("weights") !== "cli") return "float32";
  if (known.includes(weights)) return weights as StandaloneFormat;
  throw new UserError(
    `--weights ${weights}: ONNX files compute in ${standaloneFormats.join(" or ")}; choose one of them.`,
  );
}
