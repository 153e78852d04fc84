/** @file `seq2see import`: a model folder of weights that another program trained. */

import type { Command } from "commander";
import { writeFolderAtomically } from "../files/nodeFiles.ts";
import { layouts } from "../interop/layouts/registry.ts";
import { importModel } from "../interop/nodeForeignModel.ts";
import { counted } from "../tensor/counted.ts";
import { checkNewFolder } from "./newFolder.ts";
import { printNotice } from "./notices.ts";
import { standardOutput } from "./standardOutput.ts";

const examples = `
Weights are read from .npz, .npy and .safetensors files, and from folders of .npy files. Layouts:
${Object.entries(layouts)
  .map(([name, { help }]) => `  ${name.padEnd(20)} ${help}`)
  .join("\n")}
For others, write a mapping file: docs/import.md has its form, and shows how to save the weights.

Examples:
  $ seq2see import --layout g2p_en checkpoint20.npz --out pronounce
  $ seq2see import --layout pytorch-tutorial notebook.npz --out notebook \\
      --source-vocabulary source.txt --target-vocabulary target.txt
  $ seq2see import --layout mapping.json weights.safetensors --out my-model
  $ echo hello | seq2see translate --model pronounce --max-length 20
`;

/** The flags of `seq2see import`. */
interface ImportFlags {
  readonly layout: string;
  readonly out: string;
  readonly sourceVocabulary?: string;
  readonly targetVocabulary?: string;
}

/** Adds `seq2see import`. */
export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description("make a model of weights that another program trained")
    .argument("<file>", "file or folder with the weights")
    .requiredOption(
      "--layout <name>",
      `how they are arranged: ${Object.keys(layouts).join(", ")}, or a mapping file (.json)`,
    )
    .requiredOption("--out <folder>", "folder of the model, new or empty")
    .option(
      "--source-vocabulary <file>",
      "tokens of the source: a list (one a line, or JSON), tokenizer.json, or a .model of SentencePiece",
    )
    .option("--target-vocabulary <file>", "tokens of the target, likewise")
    .addHelpText("after", examples)
    .action(async (file: string, { out, ...flags }: ImportFlags) => {
      // All errors are found before anything is written.
      await checkNewFolder(out);
      const { files, weights, notices } = await importModel({ file, ...flags });
      for (const notice of notices) printNotice(notice);
      await writeFolderAtomically(
        out,
        new Map(Array.from(files, ([name, bytes]) => [name, [bytes]])),
      );
      await standardOutput.print(`Wrote a model with ${counted(weights, "weight")} to ${out}.`);
    });
}
