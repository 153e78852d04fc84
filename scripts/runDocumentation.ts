/**
 * @file `npm run docs:run -- [PAGE …]`: runs the shell commands of the documentation in temporary folders, with small
 * files under the names that the pages use and with trainings of a few steps. It prints each command with its exit code and
 * says which are left out, and why. It fails if a command fails. All of it needs a built repository.
 */
import { documentedBlocks } from "./documentation/commands.ts";
import { leftOut, whyLeftOut } from "./documentation/leftOut.ts";
import { runBlocks } from "./documentation/run.ts";

/** `npm run` starts programs in the repository. */
const root = process.cwd();
const pages = process.argv.slice(2);
const all = documentedBlocks(root);
const blocks = all.filter(({ page }) => pages.length === 0 || pages.includes(page));
const results = await runBlocks(blocks, {
  root,
  onResult({ block, command, run, status, seconds, output }) {
    const place = `${block.page}:${block.line}`;
    console.log(
      `${status === 0 ? "ok  " : "FAIL"} ${status} ${seconds.toFixed(1)} s  ${place}  ${command}`,
    );
    if (status !== 0)
      console.log(`     ${run}\n${output.trim().replace(/^/gm, "     | ").slice(-2000)}`);
  },
});
console.log("\nLeft out:");
for (const { page, line, commands } of blocks) {
  for (const command of commands) {
    const reason = whyLeftOut(command);
    if (reason !== null) console.log(`  ${page}:${line}  ${command}: ${reason}`);
  }
}
const commands = all.flatMap((block) => block.commands);
const stale = leftOut.filter(({ begins }) => !commands.some((each) => each.startsWith(begins)));
for (const { begins } of stale) console.log(`No page has a command that begins with: ${begins}`);
const failed = results.filter(({ status }) => status !== 0).length;
console.log(`\n${results.length} commands, ${failed} failed`);
if (failed > 0 || stale.length > 0) process.exitCode = 1;
