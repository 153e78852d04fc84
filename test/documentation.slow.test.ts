/** The examples of the documentation, run one after the other as a reader would. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The pages that a reader copies commands from, with their code: blocks, and words between "`". */
const pages = [
  ...["README.md", "README.zh-CN.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
].map((name) => {
  const page = readFileSync(join(root, name), "utf8");
  const code = [...page.matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`\n]+)`/g)].map(
    (match) => match[1] ?? (match[2] as string),
  );
  return { name, code };
});

/** The commands of a page, each with its words up to a pipe or the end of its line. */
const commandsIn = (code: readonly string[]): [command: string, rest: string][] =>
  code.flatMap((text) =>
    [...text.matchAll(/\bseq2see ([a-z]+)\b((?:\\\n|[^\n|;])*)/g)].map(
      (match) => [match[1], match[2]] as [string, string],
    ),
  );

const helps = new Map<string, string>();

/** All options of a command, as its help prints them. */
function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const flag = ["train", "sweep"].includes(command) ? "--help-all" : "--help";
  const help = execFileSync("node", [join(root, "dist/cli/main.js"), command, flag], {
    encoding: "utf8",
  });
  helps.set(command, help);
  return help;
}

test("the pages have commands", () => {
  expect(pages.flatMap(({ code }) => commandsIn(code)).length).toBeGreaterThan(60);
});

test.each(pages)("the commands of $name exist with the options that it shows", ({ code }) => {
  for (const [command, rest] of commandsIn(code)) {
    const help = helpOf(command);
    for (const option of rest.match(/(?<![\w-])--[a-z][a-z0-9-]*/g) ?? []) {
      expect(help, `seq2see ${command}${rest}`).toMatch(new RegExp(`${option}(?![\\w-])`));
    }
  }
});

test.each(pages)("the scripts of npm that $name names exist", ({ code }) => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = code.flatMap((text) =>
    [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1]),
  );
  expect(named.filter((script) => !Object.hasOwn(scripts, script as string))).toEqual([]);
});

test("both READMEs show the same commands", () => {
  const [english, chinese] = pages.map(({ code }) => commandsIn(code).map(String).sort());
  expect(chinese).toEqual(english);
});
