import type { Command } from "commander";
import { Option } from "commander";
import { csvOfObjects } from "../files/csvText.ts";
import type { StoredModel, TrainingSummary } from "../modelFolder/modelFolder.ts";
import { readModel } from "../modelFolder/nodeModelFolder.ts";
import { readEvaluations } from "../modelFolder/nodeTrainingRecords.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { configure } from "../models/configuration.ts";
import { encoderGraph, parametersOf } from "../models/graphs.ts";
import { stepGraph } from "../models/stepGraph.ts";
import { trainingGraph } from "../models/trainingGraph.ts";
import { printGraph } from "../onnx/print.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { oneModel } from "./models.ts";
import { printNotice } from "./notices.ts";
import { duration } from "./progress.ts";
import { standardOutput } from "./standardOutput.ts";
import { choicesWithSuggestions } from "./suggestions.ts";

const examples = `
Examples:
  $ seq2see inspect --model my-model
  $ seq2see inspect --model fr-en        a model that comes with seq2see
  $ seq2see inspect --model my-model --csv > training.csv        the curves of its training
  $ seq2see inspect --graph decoder --preset bahdanau2014
  $ seq2see inspect --graph train --model my-model
`;

interface InspectFlags {
  readonly model?: string;
  readonly graph?: "train" | "encoder" | "decoder";
  readonly preset?: string;
  readonly csv?: boolean;
}

/** Adds `seq2see inspect`. */
export function addInspectCommand(program: Command): void {
  program
    .command("inspect")
    .description("show the architecture, sizes and parameters of a model, or its graphs as text")
    .option(
      "--model <folder>",
      "folder of the model, or the name of one that comes with seq2see, such as fr-en",
      oneModel,
    )
    .addOption(
      choicesWithSuggestions(new Option("--graph <name>", "print a graph"), [
        "train",
        "encoder",
        "decoder",
      ]),
    )
    .option("--preset <name>", "preset of the graph, without --model (default: luong2015)")
    .option("--csv", "print the evaluations of the model's training as CSV, a row for each")
    .addHelpText("after", examples)
    .action(async (flags: InspectFlags) => {
      if (flags.preset !== undefined && (flags.model !== undefined || flags.csv)) {
        throw new UserError(
          `--preset ${flags.preset}: it shapes a graph without a model; leave it out, or leave out --model.`,
        );
      }
      if (flags.csv) {
        await printTraining(flags);
        return;
      }
      if (flags.model === undefined && flags.graph === undefined) {
        throw new UserError("Say what to inspect: --model FOLDER, --graph NAME, or both.");
      }
      const stored =
        flags.model === undefined ? null : await readModel(flags.model, { onNotice: printNotice });
      const sizes: ModelSizes = stored?.sizes ?? {
        ...configure(flags.preset ?? "luong2015"),
        sourceVocabulary: 8000,
        targetVocabulary: 8000,
      };
      if (flags.graph) {
        await standardOutput.print(printGraph(graphOf(flags.graph, sizes)));
        return;
      }
      const lines = [...(stored ? modelLines(stored) : []), "", ...parameterLines(sizes)];
      await standardOutput.print(lines.join("\n"));
    });
}

/** Prints `training/metrics.jsonl` of the model as a table. */
async function printTraining({ model, graph }: InspectFlags): Promise<void> {
  if (model === undefined) throw new UserError("--csv: say of which model; add --model FOLDER.");
  if (graph !== undefined) {
    throw new UserError(`--csv: --graph ${graph} prints a graph; give only one of them.`);
  }
  await standardOutput.print(csvOfObjects(await readEvaluations(model)).trimEnd());
}

/** Describes the model, its tokenization, and the duration of its training. */
function modelLines({ sizes, source, target, summary }: StoredModel): string[] {
  const lines = [
    ...Object.entries(sizes).map(([name, value]) => `${name.padEnd(20)} ${value}`),
    `${"source tokenizer".padEnd(20)} ${source.description}`,
    `${"target tokenizer".padEnd(20)} ${target.description}`,
  ];
  if (summary) {
    const dev =
      summary.devPerplexity === undefined
        ? ""
        : `, dev perplexity ${summary.devPerplexity.toFixed(3)}${heldOutNote(summary)}`;
    lines.push(
      `${"trained".padEnd(20)} ${counted(summary.steps, "step")}, ${duration(summary.seconds)}${dev}`,
    );
  }
  return lines;
}

/** Where the dev set is from, if the run made it. */
function heldOutNote({ heldOutPairs }: TrainingSummary): string {
  if (heldOutPairs === undefined) return "";
  return ` (${counted(heldOutPairs, "pair")} held out of the training data)`;
}

/** Lists the parameters and their sizes. */
function parameterLines(sizes: ModelSizes): string[] {
  const lines = ["parameters"];
  let total = 0;
  for (const { name, shape } of parametersOf(sizes)) {
    const count = shape.reduce((product, size) => product * size, 1);
    total += count;
    lines.push(
      `  ${name.padEnd(32)} ${`[${shape.join(", ")}]`.padEnd(14)} ${count.toLocaleString("en").padStart(12)}`,
    );
  }
  lines.push(`  ${"in all".padEnd(47)} ${total.toLocaleString("en").padStart(12)}`);
  return lines;
}

function graphOf(
  name: "train" | "encoder" | "decoder",
  sizes: ModelSizes,
): ReturnType<typeof encoderGraph> {
  if (name === "train") return trainingGraph(sizes).outputs;
  return name === "encoder" ? encoderGraph(sizes) : stepGraph(sizes, { candidates: 5 }).outputs;
}
