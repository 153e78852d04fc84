import type { Command } from "commander";
import { Option } from "commander";
import { readModel } from "../checkpoint/nodeModelFolder.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { configure } from "../models/configuration.ts";
import { encoderGraph, parametersOf } from "../models/graphs.ts";
import { stepGraph } from "../models/stepGraph.ts";
import { trainingGraph } from "../models/trainingGraph.ts";
import { printGraph } from "../onnx/print.ts";
import { UserError } from "../tensor/errors.ts";
import { duration } from "./progress.ts";

const examples = `
Examples:
  $ seq2see inspect --model my-model
  $ seq2see inspect --graph decoder --preset bahdanau2014
  $ seq2see inspect --graph train --model my-model
`;

interface InspectFlags {
  readonly model?: string;
  readonly graph?: "train" | "encoder" | "decoder";
  readonly preset?: string;
}

/** Adds `seq2see inspect`. */
export function addInspectCommand(program: Command): void {
  program
    .command("inspect")
    .description("architecture, sizes and parameters of a model; its graphs as text")
    .option("--model <folder>", "folder of the model")
    .addOption(
      new Option("--graph <name>", "print a graph").choices(["train", "encoder", "decoder"]),
    )
    .option("--preset <name>", "the preset whose graph is printed without a model", "luong2015")
    .addHelpText("after", examples)
    .action(async (flags: InspectFlags) => {
      if (flags.model === undefined && flags.graph === undefined) {
        throw new UserError("Say what to inspect: --model FOLDER, --graph NAME, or both.");
      }
      const stored = flags.model === undefined ? null : await readModel(flags.model);
      const sizes: ModelSizes = stored?.sizes ?? {
        ...configure(flags.preset ?? "luong2015"),
        ...{ sourceVocabulary: 8000, targetVocabulary: 8000 },
      };
      if (flags.graph) {
        console.log(printGraph(graphOf(flags.graph, sizes)));
        return;
      }
      for (const [name, value] of Object.entries(sizes)) console.log(`${name.padEnd(20)} ${value}`);
      console.log(`${"source tokenizer".padEnd(20)} ${stored?.source.description}`);
      console.log(`${"target tokenizer".padEnd(20)} ${stored?.target.description}`);
      const summary = stored?.summary;
      if (summary) {
        const dev =
          summary.devPerplexity === undefined
            ? ""
            : `, dev perplexity ${summary.devPerplexity.toFixed(3)}`;
        console.log(
          `${"trained".padEnd(20)} ${summary.steps} steps, ${duration(summary.seconds)}${dev}`,
        );
      }
      console.log("\nparameters");
      let total = 0;
      for (const { name, shape } of parametersOf(sizes)) {
        const count = shape.reduce((product, size) => product * size, 1);
        total += count;
        console.log(
          `  ${name.padEnd(32)} ${`[${shape.join(", ")}]`.padEnd(14)} ${count.toLocaleString("en").padStart(12)}`,
        );
      }
      console.log(`  ${"in all".padEnd(47)} ${total.toLocaleString("en").padStart(12)}`);
    });
}

function graphOf(
  name: "train" | "encoder" | "decoder",
  sizes: ModelSizes,
): ReturnType<typeof encoderGraph> {
  if (name === "train") return trainingGraph(sizes).outputs;
  return name === "encoder" ? encoderGraph(sizes) : stepGraph(sizes, { candidates: 5 }).outputs;
}
