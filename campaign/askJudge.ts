import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** A task for the judge. */
export type Question =
  | { readonly kind: "translate"; readonly folder: string; readonly sentences: readonly string[] }
  | { readonly kind: "resume"; readonly folder: string; readonly steps: number };

/** The outcome: a result, a sentence for the user, or a fault that must never occur. */
export type Answer =
  | { readonly kind: "done"; readonly result: string }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "fault"; readonly message: string };

/** Milliseconds after which a question counts as hanging. */
const patience = 20_000;

/** A process that opens damaged files; it is restarted after a crash or hang. */
export class Judge {
  private child: ChildProcess | null = null;

  /** Asks a question. A crash or a hang is an answer of kind `fault`. */
  ask(question: Question): Promise<Answer> {
    this.child ??= fork(join(import.meta.dirname, "judge.js"), { stdio: "ignore" });
    const child = this.child;
    return new Promise((resolve) => {
      const end = (answer: Answer): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (answer.kind === "fault") this.dismiss();
        resolve(answer);
      };
      const timer = setTimeout(
        () => end({ kind: "fault", message: `it hangs for ${patience / 1000} seconds` }),
        patience,
      );
      child.once("message", (answer: Answer) => end(answer));
      child.once("exit", (code, signal) =>
        end({ kind: "fault", message: `the process ended with ${signal ?? code}` }),
      );
      child.send(question);
    });
  }

  /** Ends the process. */
  dismiss(): void {
    this.child?.kill("SIGKILL");
    this.child = null;
  }
}

/** Whether an error message is one sentence: a single line without a stack. */
export function isSentence(message: string): boolean {
  return !message.includes("\n") && message.length < 1000 && /[.!?…]$/.test(message);
}
