/** @file Compiles C# programs with Mono's compiler (Debian: mono-mcs), against signatures of the packages they use. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether the compiler is there. */
export const hasCSharp = spawnSync("mcs", ["--version"]).status === 0;

/** What .NET's templates import by themselves. */
const implied = ["System", "System.Collections.Generic", "System.IO", "System.Linq"];

/**
 * A program of statements, as .NET's `console` template has it today, as one of a class, which older compilers ask for.
 */
export function inClass(program: string): string {
  const using = /^using [\w.]+;$/gm;
  const imports = [...implied.map((name) => `using ${name};`), ...(program.match(using) ?? [])];
  const statements = program.replace(using, "").replaceAll("using var ", "var ");
  return `${imports.join("\n")}\nstatic class Program {\nstatic void Main(string[] args) {\n${statements}}\n}\n`;
}

/** The errors of a compilation, in a folder for its files; empty if there are none. */
export function cSharpErrors(program: string, folder: string): string {
  const path = join(folder, "checked.cs");
  writeFileSync(path, program);
  const { stdout, stderr, status } = spawnSync(
    "mcs",
    [
      "-target:library",
      `-out:${join(folder, "checked.dll")}`,
      join(import.meta.dirname, "csharpStubs.cs"),
      path,
    ],
    { encoding: "utf8" },
  );
  const errors = `${stdout}\n${stderr}`.split("\n").filter((line) => line.includes(": error "));
  return errors.length > 0 || status === 0 ? errors.join("\n") : `mcs ended with ${status}`;
}
