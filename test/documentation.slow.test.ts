/** The examples of the documentation, run one after the other as a reader would. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
// Inside of the package, so that "seq2see" means this package.
const folder = join(root, ".build", "documentation");

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const text = readFileSync(join(root, "docs/library.md"), "utf8");
const examples = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map((match) => match[1] as string);

test("the page has examples", () => {
  expect(examples.length).toBeGreaterThan(4);
});

test.each(examples.map((code, index) => [index + 1, code] as const))(
  "example %i runs",
  (number, code) => {
    const path = join(folder, `example${number}.mjs`);
    writeFileSync(path, code);
    const output = execFileSync("node", [path], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    expect(output).not.toContain("undefined");
    expect(output).not.toContain("false");
  },
);

test("README's commands exist with the options that it shows", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const commands = [
    ...readme.matchAll(/seq2see (train|translate|evaluate|score|inspect)([^`\n|]*)/g),
  ];
  expect(commands.length).toBeGreaterThan(7);
  for (const [, command, rest] of commands) {
    const help = execFileSync(
      "node",
      [
        join(root, "dist/cli/main.js"),
        command as string,
        command === "train" ? "--help-all" : "--help",
      ],
      { encoding: "utf8" },
    );
    for (const option of (rest as string).match(/--[a-z-]+/g) ?? []) expect(help).toContain(option);
  }
});
