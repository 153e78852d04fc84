import { describeRequest, type OddRequest, oddRequest } from "../oddRequests.ts";
import {
  type Reply,
  send,
  startServer,
  tellsWhy,
  translate,
  translationIn,
} from "../serverProcess.ts";
import { Tally, type Trial } from "../trial.ts";

/** A server answers any request, and continues to give the same translations. */
export const requests: Trial = {
  name: "requests",
  about: "a server receives unusual requests; in between, it translates a sentence",
  counts: { whole: 7500, quick: 600 },
  async run({ material, count, random, log }) {
    const tally = new Tally();
    const { url, child, ended } = await startServer([material.run]);
    const expected = translationIn(await translate(url, material.sentence));
    for (let attempt = 0; attempt < count; attempt++) {
      const odd = oddRequest(random);
      const fault = await faultOf(url, odd, tally);
      if (fault !== null) tally.fail(`${describeRequest(odd)}: ${fault}`);
      if (attempt % 50 === 49) {
        const found = await translate(url, material.sentence).then(
          translationIn,
          () => "no answer",
        );
        if (found !== expected) tally.fail(`after request ${attempt}: it translates ${found}`);
      }
      if (attempt % 500 === 499) log(`${attempt + 1} requests`);
    }
    child.kill("SIGTERM");
    await ended;
    return tally;
  },
};

/** Sends a request; counts its status, or returns what is wrong with the answer. */
async function faultOf(
  url: string,
  { path, options }: OddRequest,
  tally: Tally,
): Promise<string | null> {
  let reply: Reply;
  try {
    reply = await send(url, path, options);
  } catch (error) {
    return (error as Error).message;
  }
  const { status, body } = reply;
  if (status >= 500 && status !== 503) return `status ${status}: ${body.slice(0, 200)}`;
  if (/\n\s+at .*:\d+:\d+/.test(body) && status >= 400) return `status ${status} with a stack`;
  const isTold = options.method === "HEAD" || !path.startsWith("/api/") || tellsWhy(reply);
  if (status >= 400 && !isTold) return `status ${status} without a sentence: ${body.slice(0, 200)}`;
  tally.keep(`answered ${Math.floor(status / 100)}xx`);
  return null;
}
