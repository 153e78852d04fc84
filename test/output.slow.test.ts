/** What commands print and write: all of it, in time, or a sentence that says why not. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeRandomModel } from "./support/writtenModel.ts";

const program = join(import.meta.dirname, "../dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "seq2see-output-"));
const node = `"${process.execPath}" "${program}"`;
const lines = Array.from({ length: 3000 }, (_, index) =>
  index % 2 === 0 ? "a house" : "the tree",
);
const translate = "translate --model model --threads 1 --beam 1 --max-length 8";

beforeAll(async () => {
  await writeRandomModel(join(folder, "model"));
  writeFileSync(join(folder, "few.txt"), "a house\nthe tree is green.\n");
  writeFileSync(join(folder, "few.tsv"), "a house\tb\nthe tree\tab\n");
  writeFileSync(join(folder, "many.txt"), `${lines.join("\n")}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line of the shell in the folder. */
const shell = (line: string) =>
  spawnSync("bash", ["-c", line], { cwd: folder, encoding: "utf8", timeout: 120_000 });

describe.runIf(existsSync("/dev/full"))("a standard output that takes no more", () => {
  test.each([
    `${translate} --input few.txt`,
    `${translate} --input few.txt --n-best 1 --show-alignment`,
    "score --model model --data few.tsv --threads 1",
    "evaluate --model model --data few.tsv --metrics exact --threads 1 --max-length 8",
    "embeddings --model model --nearest a",
    "inspect --model model",
    "inspect --graph encoder",
    "--help",
    "train --help",
    "--version",
  ])("seq2see %s > /dev/full", (typed) => {
    const { status, stderr } = shell(`${node} ${typed} > /dev/full`);
    expect(status).toBe(1);
    expect(stderr).toContain(
      "seq2see: The standard output could not be written: the disk is full; free some space and try again.",
    );
    expect(stderr).not.toMatch(/^ +at /m);
  });
  test("is told too where a file may grow no more", () => {
    const { status, stderr } = shell(`ulimit -f 1; ${node} inspect --graph train > graph.txt`);
    expect(status).toBe(1);
    expect(stderr).toContain("it is larger than the disk or the shell allows");
  });
  test("of messages leaves its mark in the exit code only", () => {
    const { status, stdout } = shell(`${node} inspect --graph encoder 2> /dev/full`);
    expect([status, stdout.length > 100]).toEqual([0, true]);
    expect(shell(`${node} inspect --unknown 2> /dev/full`).status).toBe(1);
  });
});

describe.runIf(process.platform !== "win32")("a pipe", () => {
  test.each([["--help"], ["inspect --graph train"], [`${translate} --input many.txt`]])(
    "whose reader has enough ends seq2see %s without a word",
    (typed) => {
      const { stdout, stderr } = shell(`${node} ${typed} | head -n 1`);
      expect(stdout.split("\n")).toHaveLength(2);
      expect(stderr.replace(/^seq2see: model has no checksums.*\n/, "")).toBe("");
    },
  );
  test("that stays open is answered line by line", async () => {
    const words = translate.split(" ");
    const child = spawn(process.execPath, [program, ...words], { cwd: folder });
    child.stdin.write("a house\n");
    const [first] = await once(child.stdout, "data");
    child.stdin.write("the tree\na house\n");
    let text = String(first);
    while (text.split("\n").length < 4) text += String((await once(child.stdout, "data"))[0]);
    child.stdin.end();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    const file = shell(
      `printf 'a house\\nthe tree\\na house\\n' > three.txt; ${node} ${translate} --input three.txt`,
    );
    expect(text).toBe(file.stdout);
  });
  test("gets alignments as a file does, and so does what is open under a number", () => {
    const typed = `${node} ${translate} --input few.txt`;
    shell(`${typed} --alignments links.txt > /dev/null`);
    const links = readFileSync(join(folder, "links.txt"), "utf8");
    expect(links.split("\n")).toHaveLength(3);
    expect(shell(`${typed} --alignments /dev/fd/3 3>&1 > /dev/null`).stdout).toBe(links);
    expect(shell(`${typed} --alignments /dev/stdout > both.txt; tail -n 2 both.txt`).stdout).toBe(
      links,
    );
    expect(shell(`${typed} --alignments /dev/full > /dev/null; ls -l /dev/full`).stdout).toMatch(
      /^c/,
    );
  });
});

test.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s leaves whole lines, and nothing of unfinished files",
  async (signal) => {
    const words = [...translate.split(" "), "--alignments", "stopped.txt"];
    const child = spawn(process.execPath, [program, ...words], { cwd: folder });
    child.stdin.write(`${lines.slice(0, 200).join("\n")}\n`);
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += String(chunk);
    });
    await once(child.stdout, "data");
    child.kill(signal);
    const [, endedBy] = await once(child, "close");
    expect(endedBy).toBe(signal);
    expect(text.endsWith("\n")).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith("stopped"))).toEqual([]);
  },
);

test("the version is that of the package, also in the help", () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../package.json"), "utf8"),
  ) as { version: string };
  expect(shell(`${node} --version`).stdout).toBe(`${version}\n`);
  expect(shell(`${node} --help`).stdout).toContain(`Version ${version}.`);
});
