import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../src/tensor/errors.ts";
import { Judge } from "../askJudge.ts";
import { countDamage } from "../countDamage.ts";
import { damage } from "../damage.ts";
import { copyOf } from "../material.ts";
import { Tally, type Trial } from "../trial.ts";

/** The files from which a run resumes. */
const runFiles = [
  "training/options.json",
  "training/checkpoint.safetensors",
  "training/train.ids",
  "training/dev.ids",
  "training/metrics.jsonl",
  "source.tokenizer.json",
  "target.tokenizer.json",
] as const;

/** The number of steps of a resumed run, a few more than the material's. */
const steps = 84;

/** A damaged file of a run is rejected with one sentence, or the run gives the same bits as an undamaged one. */
export const damagedRun: Trial = {
  name: "damaged run",
  about: "one file of a run is damaged; the run is resumed with --resume",
  counts: { whole: 700, quick: 60 },
  async run({ material, folder, count, random, log }) {
    const tally = new Tally();
    const judge = new Judge();
    const resumed = async (): Promise<string> => {
      await rm(join(folder, "run"), { recursive: true, force: true });
      return copyOf(material.run, join(folder, "run"));
    };
    const whole = await judge.ask({ kind: "resume", folder: await resumed(), steps });
    if (whole.kind !== "done")
      throw new UserError(`An undamaged run does not resume: ${whole.message}`);
    for (let attempt = 0; attempt < count; attempt++) {
      const name = runFiles[attempt % runFiles.length] as string;
      const own = await resumed();
      const path = join(own, name);
      if (!existsSync(path))
        throw new UserError(`A run no longer has ${name}; correct the campaign.`);
      const bytes = await readFile(path);
      const { bytes: damaged, how } = damage(name, bytes, random);
      if (damaged.equals(bytes)) continue;
      await writeFile(path, damaged);
      const answer = await judge.ask({ kind: "resume", folder: own, steps });
      countDamage(tally, whole, answer, `${name}: ${how}`);
      if (attempt % 100 === 99) log(`${attempt + 1} damaged runs`);
    }
    judge.dismiss();
    return tally;
  },
};
