import { setTimeout } from "node:timers/promises";
import { post, startServer } from "../serverProcess.ts";
import { Tally, type Trial } from "../trial.ts";

/** The number of pending requests when the server is stopped. */
const together = 20;

/** A server that is stopped answers the requests it has accepted. */
export const shutdown: Trial = {
  name: "shutdown",
  about: `a server is stopped by SIGTERM while it has ${together} requests`,
  counts: { whole: 1200, quick: 120 },
  async run({ material, count, random, log }) {
    const tally = new Tally();
    for (let round = 0; tally.attempts < count; round++) {
      const { url, child, ended } = await startServer([material.run]);
      const texts = Array.from({ length: 20 }, () => material.sentence);
      const asked = Array.from({ length: together }, () =>
        post(url, "/api/translate", { texts, beam: 5 }).then(
          ({ status }) => {
            const isRight = status === 200 || status === 503;
            if (isRight) tally.keep(status === 200 ? "answered" : "refused with 503");
            else tally.fail(`round ${round}: status ${status}`);
          },
          (error: NodeJS.ErrnoException) => {
            // A connection that was never accepted breaks no guarantee.
            if (error.code === "ECONNREFUSED") tally.keep("no longer accepted");
            else tally.fail(`round ${round}: ${error.code ?? error.message}`);
          },
        ),
      );
      await setTimeout(400 * random.uniform());
      child.kill("SIGTERM");
      await Promise.all(asked);
      const { signal } = await ended;
      if (signal !== null) tally.fail(`round ${round}: the server had to be killed by ${signal}`);
      log(`${tally.attempts} requests`);
    }
    return tally;
  },
};
