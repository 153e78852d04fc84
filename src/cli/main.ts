#!/usr/bin/env node
import { CommanderError } from "commander";
import { systemFault } from "../files/nodeFaults.ts";
import { packageVersion } from "../files/nodePackage.ts";
import { OptionErrors } from "../options/optionError.ts";
import { ShapeError, UserError } from "../tensor/errors.ts";
import { addAverageCommand } from "./average.ts";
import { addDemoCommand } from "./demo.ts";
import { addEmbeddingsCommand } from "./embeddings.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { addExportCommand } from "./export.ts";
import { flagSpelling, withFlags } from "./flagSpelling.ts";
import { addImportCommand } from "./import.ts";
import { addInspectCommand } from "./inspect.ts";
import { addScoreCommand } from "./score.ts";
import { ClosedOutput, guardMessages, standardOutput } from "./standardOutput.ts";
import { addStudioCommand } from "./studio.ts";
import { HelpfulCommand } from "./suggestions.ts";
import { addSweepCommand } from "./sweep.ts";
import { addTrainCommand } from "./train.ts";
import { addTranslateCommand } from "./translate.ts";

/** Output about the command line itself, such as its help; it is printed at the end. */
const told: string[] = [];

const version = packageVersion();
const program = new HelpfulCommand("seq2see")
  .description(
    `Sequence-to-sequence models with attention: train them, use them, see through them. Version ${version}.`,
  )
  .version(version, "-V, --version", "print the version")
  .exitOverride()
  .configureOutput({
    writeOut: (text) => told.push(text),
    // One line, with the hint at its end.
    outputError: (text, write) =>
      write(
        `${text
          .trim()
          .replace(/\s*\n\s*/g, " ")
          .replace(/\.$/, "")}; see --help.\n`,
      ),
  });
addTrainCommand(program);
addSweepCommand(program);
addTranslateCommand(program);
addEvaluateCommand(program);
addScoreCommand(program);
addAverageCommand(program);
addInspectCommand(program);
addEmbeddingsCommand(program);
addStudioCommand(program);
addExportCommand(program);
addImportCommand(program);
addDemoCommand(program);

guardMessages();
try {
  await run();
} catch (error) {
  process.exitCode = explainEnd(error);
  // Open input that may still arrive would keep the program waiting.
  process.stdin.destroy();
}

async function run(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has already printed the error or the help.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode;
  }
  if (told.length > 0) await standardOutput.print(told.join("").trimEnd());
}

/** Reports why the program ends, if it needs reporting; returns its exit code. */
function explainEnd(thrown: unknown): number {
  if (thrown instanceof OptionErrors) {
    for (const sentence of thrown.sentences(flagSpelling)) console.error(`seq2see: ${sentence}`);
    return 1;
  }
  const error = systemFault(withFlags(thrown));
  // The exit code of a program that the system ends when it writes to a closed pipe.
  if (error instanceof ClosedOutput) return 141;
  if (error instanceof UserError) {
    console.error(`seq2see: ${error.message.replace(/\s*\n\s*/g, " ")}`);
  } else {
    console.error(error);
    if (error instanceof ShapeError) console.error("This is a fault of seq2see.");
  }
  return 1;
}
