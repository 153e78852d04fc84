import type { Command } from "commander";
import { nodeRuntime } from "../runtime/node.ts";
import { counted } from "../tensor/counted.ts";
import { averageModels } from "../training/node/averageModels.ts";
import { printNotice } from "./notices.ts";

const examples = `
The average of a run's last checkpoints usually translates better than each of them. For models of different
runs, use an ensemble instead: seq2see translate --model one --model two.

Examples:
  $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --keep-checkpoints 5
  $ seq2see average --model my-model/training/checkpoints/* --out averaged
  $ seq2see average --model my-model --model my-model/training/checkpoints/step-00004000 --out both
`;

/** Adds `seq2see average`. */
export function addAverageCommand(program: Command): void {
  program
    .command("average")
    .description("average the weights of several models")
    .requiredOption("--model <folders...>", "folders or names of the models; repeatable")
    .requiredOption("--out <folder>", "folder of the new model")
    .addHelpText("after", examples)
    .action(async ({ model, out }: { readonly model: readonly string[]; readonly out: string }) => {
      const count = await averageModels(nodeRuntime({ threads: 1 }), model, out, {
        onNotice: printNotice,
      });
      console.error(`Wrote the average of ${counted(count, "model")} to ${out}.`);
    });
}
