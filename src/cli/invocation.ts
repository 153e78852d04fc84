/** @file How the user calls the program, so that printed commands can be typed again where they are. */

import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/** What tells how the program was called. */
export interface Call {
  /** The path of the script, as Node was given it. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

const presentCall = (): Call => ({
  script: process.argv[1] ?? "",
  env: process.env,
  cwd: process.cwd(),
});

/** The program as typed: `seq2see`, `npx seq2see`, or `node dist/cli/main.js`. */
export function programCall({ script, env, cwd }: Call = presentCall()): string {
  // npx is npm's command `exec`.
  if (env["npm_command"] === "exec") return "npx seq2see";
  const above = dirname(script);
  const isLink = basename(script).replace(/\.\w+$/, "") === "seq2see";
  const inPackage = join("node_modules", "seq2see", "dist", "cli");
  if (isLink || above.endsWith(inPackage)) {
    const modules = isLink ? dirname(above) : `${above.slice(0, -inPackage.length)}node_modules`;
    const isLocal = isLink ? above.endsWith(join("node_modules", ".bin")) : true;
    return isLocal && isWithin(dirname(modules), cwd) ? "npx seq2see" : "seq2see";
  }
  const near = relative(cwd, script);
  return `node ${shellWord(isAbsolute(near) || near.length > script.length ? script : near)}`;
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way.split(sep)[0] !== "..");
}

/**
 * A word for the user's shell: in quotes if the shell would change it.
 *
 * @param isWindows whether the shell is of Windows, which knows no single quotes.
 */
export function shellWord(word: string, isWindows: boolean = process.platform === "win32"): string {
  if (isWindows) return /^[\p{L}\p{N}_@+=:,./\\-]+$/u.test(word) ? word : `"${word}"`;
  if (/^[\p{L}\p{N}_@%+:,./-][\p{L}\p{N}_@%+=:,./-]*$/u.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
