import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dateSamples } from "../../src/samples/dates.ts";
import { lastLine, run, start } from "../program.ts";
import { Tally, type Trial } from "../trial.ts";

/** The output of a killed translation is a prefix of its full output. */
export const killedTranslation: Trial = {
  name: "killed translation",
  about: "translate is killed at a random moment while it prints",
  counts: { whole: 100, quick: 10 },
  async run({ material, folder, count, random }) {
    const tally = new Tally();
    const input = join(folder, "lines.txt");
    await writeFile(
      input,
      dateSamples(4000, 5)
        .map(({ source }) => `${source}\n`)
        .join(""),
    );
    const options = ["translate", "--model", material.run, "--input", input, "--beam", "1"];
    const began = performance.now();
    const whole = await run(options);
    const time = performance.now() - began;
    if (whole.code !== 0) tally.fail(`without a kill: ${lastLine(whole.errors)}`);
    for (let attempt = 0; attempt < count; attempt++) {
      const { child, ended } = start(options);
      const timer = setTimeout(() => child.kill("SIGKILL"), time * random.uniform());
      const { output } = await ended;
      clearTimeout(timer);
      const lines = output.split("\n").length - 1;
      if (!whole.output.startsWith(output)) {
        tally.fail(
          `attempt ${attempt}: the output is not a prefix of the full output: ${lastLine(output)}`,
        );
      } else tally.keep(lines === 0 ? "nothing printed yet" : "a prefix printed");
    }
    return tally;
  },
};
