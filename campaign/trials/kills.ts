import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { weightsOf } from "../material.ts";
import { canBeFirst, isOneSentence, lastLine, run, start } from "../program.ts";
import { Tally, type Trial } from "../trial.ts";

const signals: readonly NodeJS.Signals[] = [
  "SIGKILL",
  "SIGKILL",
  "SIGKILL",
  "SIGTERM",
  "SIGINT",
  "SIGHUP",
];

/** The maximum milliseconds that a run waits for a sign of life of another run that it cannot see. */
const lockPatience = 15_000;

/** A run that is killed at any moment and resumed gives the same bits as one that was not killed. */
export const kills: Trial = {
  name: "kills",
  about: "a run is killed or stopped at random moments and resumed, until it is done",
  counts: { whole: 150, quick: 15 },
  async run({ material, folder, count, random, log }) {
    const tally = new Tally();
    const began = performance.now();
    await run(["train", ...material.options, "--out", join(folder, "timed")]);
    const whole = performance.now() - began;
    const expected = await weightsOf(material.run);
    const containers = canBeFirst();
    if (!containers)
      log("Programs cannot be started as process 1 here; all of them run as ordinary processes.");
    for (let series = 0; tally.attempts < count; series++) {
      const out = join(folder, `killed-${series}`);
      const isFirst = containers && series % 4 === 3;
      for (let isDone = false; !isDone; ) {
        const isBegun = (await namesIn(join(out, "training"))).includes("checkpoint.safetensors");
        const how = isBegun ? ["--resume"] : material.options;
        const { child, ended } = start(["train", ...how, "--out", out], { isFirst });
        // The program that makes a process the first one forwards no other signal.
        const drawn = signals[random.integer(signals.length)] as NodeJS.Signals;
        const signal = isFirst ? "SIGKILL" : drawn;
        // A run that cannot see the previous process may wait for a sign of life.
        const pause = isFirst && isBegun && random.integer(2) === 0 ? lockPatience : 0;
        const after = pause + whole * (0.1 + 1.1 * random.uniform());
        const timer = setTimeout(() => child.kill(signal), after);
        const ending = await ended;
        clearTimeout(timer);
        const where = isFirst ? " as process 1" : "";
        const moment = `series ${series}${where}, ${signal} after ${after.toFixed(0)} ms`;
        isDone = ending.code === 0;
        const isStopped = ending.signal !== null || (ending.code ?? 0) > 128;
        if (!isDone && !isStopped) {
          const told = isOneSentence(ending.errors) ? "does not resume" : "ends with a fault";
          tally.fail(`${moment}: the run ${told}: ${lastLine(ending.errors)}`);
          break;
        }
        if (!isDone) tally.keep(`ended by ${signal}${where}`);
        else if (!(await weightsOf(out)).equals(expected)) {
          tally.fail(`${moment}: the run finished with other weights`);
        } else if ((await leftovers(out)).length > 0) {
          tally.fail(`${moment}: leftovers: ${(await leftovers(out)).join(", ")}`);
        } else tally.keep("finished with the same bits");
      }
      await rm(out, { recursive: true, force: true });
      log(`${tally.attempts} kills`);
    }
    return tally;
  },
};

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).catch(() => []);
}

/** Files that a finished run does not need. */
async function leftovers(out: string): Promise<string[]> {
  return (await namesIn(out)).filter((name) => /\.(tmp-|partial|lock)/.test(name));
}
