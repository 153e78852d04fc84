#!/usr/bin/env node
import { Command } from "commander";
import { ShapeError, UserError } from "../tensor/errors.ts";
import { addAverageCommand } from "./average.ts";
import { addDemoCommand } from "./demo.ts";
import { addEmbeddingsCommand } from "./embeddings.ts";
import { addEvaluateCommand } from "./evaluate.ts";
import { addExportCommand } from "./export.ts";
import { addInspectCommand } from "./inspect.ts";
import { addScoreCommand } from "./score.ts";
import { addStudioCommand } from "./studio.ts";
import { addTrainCommand } from "./train.ts";
import { addTranslateCommand } from "./translate.ts";

const program = new Command("seq2see")
  .description(
    "Sequence-to-sequence models with attention: train them, use them, see through them.",
  )
  // One line, with the hint at its end.
  .configureOutput({
    outputError: (text, write) =>
      write(
        `${text
          .trim()
          .replace(/\s*\n\s*/g, " ")
          .replace(/\.$/, "")}; see --help.\n`,
      ),
  });
addTrainCommand(program);
addTranslateCommand(program);
addEvaluateCommand(program);
addScoreCommand(program);
addAverageCommand(program);
addInspectCommand(program);
addEmbeddingsCommand(program);
addStudioCommand(program);
addExportCommand(program);
addDemoCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof UserError) {
    console.error(`seq2see: ${error.message.replace(/\s*\n\s*/g, " ")}`);
  } else {
    console.error(error);
    if (error instanceof ShapeError) console.error("This is a fault of seq2see.");
  }
  process.exitCode = 1;
}
