/**
 * @file ONNX Runtime for Node reports its use to its maker unless an environment variable of the process
 * prevents it: it keeps an identifier and a queue of events in the home folder, and sends them. This module
 * sets the variable.
 */
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { UserError } from "../tensor/errors.ts";

/** The variable that ONNX Runtime reads once, before the first session of a process. */
const variable = "ORT_DISABLE_TELEMETRY";

/** The key that tells threads started later that the variable is set. */
const alreadyOff = "seq2see.telemetryOff";

/** How long a worker thread waits for the main thread, in milliseconds. */
const patience = 10_000;

/**
 * Switches ONNX Runtime's reports off, whatever the variable was. Await it before you make a session.
 *
 * @throws UserError in a worker thread whose main thread does not answer.
 */
export async function turnTelemetryOff(): Promise<void> {
  if (isMainThread) {
    process.env[variable] = "1";
  } else if (getEnvironmentData(alreadyOff) !== true && !(await setInMainThread())) {
    // The variable may have been set from the start; this thread sees a copy of the environment.
    if (process.env[variable] !== "1") {
      throw new UserError(
        `ONNX Runtime's reports to its maker cannot be switched off from this worker thread: import seq2see in the main thread first, or start the program with ${variable}=1.`,
      );
    }
  }
  setEnvironmentData(alreadyOff, true);
}

/** Sets the variable from a worker thread, whose `process.env` is a copy that native code does not see. */
async function setInMainThread(): Promise<boolean> {
  // Some builds of Node have no inspector.
  const inspector = await import("node:inspector").catch(() => undefined);
  if (!inspector) return false;
  const session = new inspector.Session();
  try {
    session.connectToMainThread();
    return await new Promise((resolve) => {
      // The timer also keeps this thread alive.
      const timer = setTimeout(resolve, patience, false);
      const expression = `process.env[${JSON.stringify(variable)}] = "1"`;
      session.post("Runtime.evaluate", { expression }, (error, answer) => {
        clearTimeout(timer);
        resolve(error === null && answer.exceptionDetails === undefined);
      });
    });
  } catch {
    return false;
  } finally {
    session.disconnect();
  }
}

// Processes and threads started before the first session inherit it.
if (isMainThread) void turnTelemetryOff();
