import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { copyOf } from "../material.ts";
import { type Ending, isOneSentence, lastLine, run, start } from "../program.ts";
import { Tally, type Trial } from "../trial.ts";

/** Of two runs in one folder, one is refused and the other is not disturbed. */
export const twoRuns: Trial = {
  name: "two runs at once",
  about: "two trainings start or resume in one folder within the same second",
  counts: { whole: 60, quick: 6 },
  async run({ material, folder, count, random }) {
    const tally = new Tally();
    for (let attempt = 0; attempt < count; attempt++) {
      const out = join(folder, `both-${attempt}`);
      const isResumed = attempt % 2 === 1;
      if (isResumed) await copyOf(material.run, out);
      const how = isResumed ? ["--resume", "--steps", "200"] : material.options;
      const pause = 800 * random.uniform();
      const first = start(["train", ...how, "--out", out]);
      await setTimeout(pause);
      const second = start(["train", ...how, "--out", out]);
      const endings = await Promise.all([first.ended, second.ended]);
      const moment = `attempt ${attempt}, ${pause.toFixed(0)} ms apart`;
      const fault = faultOf(endings);
      const opens = await run(["inspect", "--model", out]);
      if (fault !== null) tally.fail(`${moment}: ${fault}`);
      else if (opens.code !== 0) tally.fail(`${moment}: ${lastLine(opens.errors)}`);
      else tally.keep("one trained, one rejected with one sentence");
      await rm(out, { recursive: true, force: true });
    }
    return tally;
  },
};

/** What is wrong with the outcomes of two runs; null if one finished and the other was refused. */
function faultOf(endings: readonly Ending[]): string | null {
  const refused = endings.filter(({ code }) => code !== 0);
  if (refused.length === 0) return "both report success";
  if (refused.length === 2) return `neither finished: ${lastLine(refused[0]?.errors ?? "")}`;
  const told = refused[0]?.errors ?? "";
  return isOneSentence(told) ? null : `the refusal is not one sentence: ${lastLine(told)}`;
}
