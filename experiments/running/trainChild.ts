/**
 * @file The process that trains one side: `node trainChild.js ORDER.json`, started by `trainSide.ts`. When its
 * parent process is gone, for whatever reason, it writes a checkpoint after the current step and stops.
 */
import { readFile } from "node:fs/promises";
import { UserError } from "../../src/tensor/errors.ts";
import { train } from "../../src/training/node/train.ts";
import type { TrainMessage, TrainOrder } from "./messages.ts";

const controller = new AbortController();
const stop = (): void => controller.abort();
process.on("disconnect", stop);
process.on("SIGTERM", stop);
// A terminal sends it to both processes; the parent decides.
process.on("SIGINT", () => {});

function tell(message: TrainMessage): void {
  if (process.connected) process.send?.(message);
}

/** Processor time of a thread, in milliseconds; other load on the machine does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 / order.threads;
}

const order = JSON.parse(await readFile(process.argv[2] as string, "utf8")) as TrainOrder;
try {
  const request =
    order.kind === "begin" ? order.options : ({ out: order.out, resume: true } as const);
  const result = await train(request, {
    log: (line) => tell({ kind: "log", line }),
    onEvaluation: ({ step, seconds, devPerplexity }) =>
      tell({
        kind: "log",
        line: `step ${step}, ${(seconds / 60).toFixed(1)} minutes: dev perplexity ${devPerplexity?.toFixed(2) ?? "–"}`,
      }),
    signal: controller.signal,
    clock: processorTime,
  });
  tell({ kind: "end", result });
} catch (error) {
  const { message, stack } = error as Error;
  const isUserError = error instanceof UserError;
  tell({ kind: "error", message: isUserError ? message : (stack ?? message), isUserError });
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}
