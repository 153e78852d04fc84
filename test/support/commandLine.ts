import type { Command } from "commander";
import { withFlags } from "../../src/cli/flagSpelling.ts";

/** Runs what is typed after `seq2see`; an error names options as the command line does. */
export async function runTyped(program: Command, words: readonly string[]): Promise<void> {
  await program
    .exitOverride()
    .parseAsync(words, { from: "user" })
    .catch((error: unknown) => {
      throw withFlags(error);
    });
}
