import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { makeFolder } from "../files/nodeFolder.ts";
import { removeLeftovers, temporaryName } from "../files/nodeTemporary.ts";
import { begun, finished } from "../files/nodeUnfinished.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { modelFiles, tokenizerFiles } from "../modelFolder/modelFolder.ts";
import { writeDateSamples } from "../samples/dateFiles.ts";
import { UserError } from "../tensor/errors.ts";
import { isTraining } from "../training/node/lockFile.ts";
import { checkFolder, runPath } from "../training/node/runFolder.ts";
import { train } from "../training/node/train.ts";
import { alignmentPicture } from "./alignmentPicture.ts";
import { programCall, shellWord } from "./invocation.ts";
import { ProgressLine } from "./progress.ts";
import { endingCleanly } from "./signals.ts";
import { standardOutput } from "./standardOutput.ts";

/** Test inputs in several languages and date formats. */
const examples = [
  "the 3rd of March, 1987",
  "le 14 juillet 1989",
  "9. November 1989",
  "20 de julio de 1969",
  "二〇二四年二月二十九日",
];

/** The file that marks a model of the demo, which the demo may replace. */
const demoMark = "demo.json";

/** Adds `seq2see demo`, which `npm start` runs. */
export function addDemoCommand(program: Command): void {
  program
    .command("demo")
    .description("train and try a small model that converts dates in five languages to ISO 8601")
    .option("--out <folder>", "folder of the model", "models/dates-demo")
    .option("--again", "train even if the model exists")
    .action(async (flags: { readonly out: string; readonly again?: boolean }) => {
      const folder = resolve(flags.out);
      const isThere = await checkReplaceable(folder, flags.out);
      if (flags.again || !isThere) await endingCleanly(() => trainDates(folder));
      else console.error(`Using the model in ${flags.out}; seq2see demo --again trains it again.`);
      await show(folder, flags.out);
    });
}

/**
 * Checks that the folder holds nothing but a model of the demo before it is replaced.
 *
 * @returns whether it holds one.
 */
async function checkReplaceable(folder: string, name: string): Promise<boolean> {
  checkFolder(name);
  const names = existsSync(folder) ? await readdir(folder) : [];
  if (names.length === 0) return false;
  const refuse = (reason: string): never => {
    throw new UserError(`--out ${name}: ${reason}; choose another folder.`);
  };
  const ofModels = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];
  const other = names.find((file) => ![...ofModels, "training", demoMark].includes(file));
  if (other !== undefined) refuse(`the folder holds ${other}, which is not part of a model`);
  if (!names.includes(demoMark)) refuse("the folder holds a model or a run that is not the demo's");
  if (isTraining(runPath(folder, "lock"))) refuse("a training goes on in the folder");
  return true;
}

async function trainDates(folder: string): Promise<void> {
  await makeFolder(dirname(folder));
  // Under a temporary name until it is complete, so that an interrupted demo starts again.
  await removeLeftovers(folder);
  const work = temporaryName(folder);
  begun(work);
  await mkdir(work);
  const progress = new ProgressLine();
  console.error(
    "Training a model that reads dates character by character and writes them as ISO 8601.\n",
  );
  try {
    await writeDateSamples(work, { train: 10_000, dev: 500, seed: 1 });
    await train(
      {
        data: { kind: "table", path: join(work, "train.tsv"), columns: ["1", "2"] },
        dev: { kind: "table", path: join(work, "dev.tsv"), columns: ["1", "2"] },
        out: join(work, "model"),
        tokenizer: "char",
        batch: 64,
        steps: 1300,
        minutes: 2.2,
        learningRate: 0.003,
        patience: 0,
        schedule: "plateau",
        evaluateEvery: 100,
        model: { hidden: 128, embedding: 32, dropout: 0.1 },
      },
      {
        log: (line) => progress.log(line),
        onProgress: progress.show.bind(progress),
        onEvaluation: progress.showEvaluation.bind(progress),
      },
    );
    progress.end();
    const mark = { format: "seq2see-demo", version: 1 };
    await writeFile(join(work, "model", demoMark), `${JSON.stringify(mark)}\n`);
    await replaceFolder(folder, join(work, "model"), join(work, "replaced"));
  } finally {
    await rm(work, { recursive: true, force: true });
    finished(work);
  }
}

/** Replaces a folder by another; its name is missing only during the renaming. */
async function replaceFolder(folder: string, next: string, aside: string): Promise<void> {
  const isThere = existsSync(folder);
  if (isThere) await rename(folder, aside);
  try {
    await rename(next, folder);
  } catch (error) {
    if (isThere) await rename(aside, folder);
    throw error;
  }
}

async function show(folder: string, name: string): Promise<void> {
  const model = await Seq2Seq.load(folder);
  try {
    await standardOutput.print("\nWhat it makes of dates that it has not seen:");
    for (const text of examples) {
      const [best] = await model.translate(text, { beam: 5 });
      await standardOutput.print(`  ${text}  →  ${best?.text}`);
    }
    const [best] = await model.translate(examples[0] as string, { beam: 5 });
    if (best) {
      await standardOutput.print(
        "\nThe attention of the first translation (one row per written character):",
      );
      await standardOutput.print(alignmentPicture(best));
    }
    await standardOutput.print(
      `\nTry one yourself:  echo "July 20, 1969" | ${programCall()} translate --model ${shellWord(name)} --show-alignment`,
    );
  } finally {
    await model.release();
  }
}
