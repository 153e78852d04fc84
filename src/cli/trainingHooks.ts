/** @file What a training tells on the command line, and how signals stop it. */

import { removeUnfinished } from "../files/nodeUnfinished.ts";
import type { TrainHooks } from "../training/run/events.ts";
import { ProgressLine } from "./progress.ts";
import { stopSignal } from "./rankSignals.ts";
import { signals as endSignals } from "./signals.ts";

const ignore = (): void => {};
const signals: readonly NodeJS.Signals[] = [...endSignals, stopSignal];

/**
 * Trains with progress in the terminal. A first signal stops after the step, a second at once.
 *
 * @returns the result of the work, and the exit code that the signal asks for; 0 without one.
 */
export async function withTrainingHooks<Result>(
  work: (hooks: TrainHooks & { log(line: string): void }) => Promise<Result>,
): Promise<{ readonly result: Result; readonly status: number }> {
  const progress = new ProgressLine();
  const controller = new AbortController();
  // By convention, the exit code after a signal is 128 plus its number.
  let status = 0;
  const interrupt = (signal: NodeJS.Signals, number: number): void => {
    if (controller.signal.aborted) {
      removeUnfinished();
      process.exit(128 + number);
    }
    status = 128 + number;
    progress.log(
      signal === "SIGINT"
        ? "Stopping: this step ends, then the weights are saved and evaluated. Press Ctrl-C again to stop at once."
        : `Received ${signal}: this step ends, then the weights are saved and evaluated. Send it again to stop at once.`,
    );
    controller.abort();
  };
  const hooks = {
    log: (line: string) => progress.log(line),
    onProgress: progress.show.bind(progress),
    onEvaluation: progress.showEvaluation.bind(progress),
    signal: controller.signal,
  };
  // The progress line ends before an error is printed, so that the error starts a new line.
  for (const signal of signals) process.on(signal, interrupt);
  // Writing to a closed terminal fails; the run must still save.
  process.stderr.on("error", ignore);
  const result = await work(hooks).finally(() => {
    progress.end();
    // After a signal the terminal may be closed, and the last lines are still to be printed.
    if (!controller.signal.aborted) process.stderr.off("error", ignore);
    for (const signal of signals) process.off(signal, interrupt);
  });
  return { result, status };
}
