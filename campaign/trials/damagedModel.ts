import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Judge } from "../askJudge.ts";
import { countDamage } from "../countDamage.ts";
import { damage } from "../damage.ts";
import { copyOf, modelFiles } from "../material.ts";
import { Tally, type Trial } from "../trial.ts";

/** A damaged file of a model is rejected with one sentence, or does no harm. */
export const damagedModel: Trial = {
  name: "damaged model",
  about: "one file of a model's folder is damaged; the model is opened and translates",
  counts: { whole: 2400, quick: 200 },
  async run({ material, folder, count, random, log }) {
    const tally = new Tally();
    const judge = new Judge();
    const own = await copyOf(material.run, join(folder, "model"));
    const { sentences } = material;
    const whole = await judge.ask({ kind: "translate", folder: own, sentences });
    for (let attempt = 0; attempt < count; attempt++) {
      const name = modelFiles[attempt % modelFiles.length] as string;
      const path = join(own, name);
      const bytes = await readFile(path);
      const { bytes: damaged, how } = damage(name, bytes, random);
      if (damaged.equals(bytes)) continue;
      await writeFile(path, damaged);
      const answer = await judge.ask({ kind: "translate", folder: own, sentences });
      countDamage(tally, whole, answer, `${name}: ${how}`);
      await writeFile(path, bytes);
      if (attempt % 200 === 199) log(`${attempt + 1} damaged models`);
    }
    judge.dismiss();
    await rm(own, { recursive: true, force: true });
    return tally;
  },
};
