import { copyFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Random } from "../../src/tensor/random.ts";
import { copyOf, modelFiles } from "../material.ts";
import { type RunningServer, startServer, translate, translationIn } from "../serverProcess.ts";
import { Tally, type Trial } from "../trial.ts";

/** While a model is replaced, each answer comes from the old model or from the new one. */
export const replacedModel: Trial = {
  name: "replaced model",
  about:
    "a model is copied over another, file by file or as a folder, while a server answers requests",
  counts: { whole: 3000, quick: 300 },
  async run({ material, folder, count, random, log }) {
    const tally = new Tally();
    const sources = [material.run, material.other];
    const known = await Promise.all(sources.map((model) => answerOf(model, material.sentence)));
    const own = await copyOf(material.run, join(folder, "model"));
    const server = await startServer([own]);
    let isOver = false;
    const replacing = (async () => {
      for (let turn = 1; !isOver; turn++) {
        await replace(own, sources[turn % 2] as string, random);
        await setTimeout(150 * random.uniform());
      }
    })();
    const asking = Array.from({ length: 4 }, async () => {
      while (tally.attempts < count) {
        await ask(server, material.sentence, known, tally);
        if (tally.attempts % 500 === 0) log(`${tally.attempts} answers`);
      }
    });
    await Promise.all(asking);
    isOver = true;
    await replacing;
    server.child.kill("SIGTERM");
    await server.ended;
    return tally;
  },
};

async function answerOf(model: string, sentence: string): Promise<string | null> {
  const { url, child, ended } = await startServer([model]);
  const found = translationIn(await translate(url, sentence));
  child.kill("SIGTERM");
  await ended;
  return found;
}

async function ask(
  { url }: RunningServer,
  sentence: string,
  known: readonly (string | null)[],
  tally: Tally,
): Promise<void> {
  try {
    const reply = await translate(url, sentence);
    const found = translationIn(reply);
    if (found === null) {
      // Between two files of a copy there is no complete model; refusing is correct.
      tally.keep(`refused with ${reply.status}`);
    } else if (known.includes(found)) tally.keep("from the old or the new model");
    else tally.fail(`an answer from neither model: ${found}`);
  } catch (error) {
    tally.fail(`no answer: ${(error as Error).message}`);
  }
}

/** Replaces a model in the ways in which people do it. */
async function replace(own: string, from: string, random: Random): Promise<void> {
  if (random.integer(3) === 0) {
    const beside = `${own}-new`;
    await copyOf(from, beside);
    await rename(own, `${own}-old`);
    await rename(beside, own);
    await rm(`${own}-old`, { recursive: true });
    return;
  }
  const order = random.shuffle([...modelFiles]);
  for (const name of order) {
    await copyFile(join(from, name), join(own, name));
    await setTimeout(20 * random.uniform());
  }
}
