import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { programCall, shellWord } from "./invocation.ts";

test.each([
  ["npx seq2see", "/x/node_modules/.bin/seq2see", { npm_command: "exec" }],
  ["npx seq2see", "/home/me/clone/dist/cli/main.js", { npm_command: "exec" }],
  ["npx seq2see", "/home/me/project/node_modules/.bin/seq2see", { npm_command: "run-script" }],
  ["npx seq2see", "/home/me/project/node_modules/seq2see/dist/cli/main.js", {}],
  ["seq2see", "/usr/local/bin/seq2see", {}],
  ["seq2see", "/usr/local/lib/node_modules/seq2see/dist/cli/main.js", {}],
  ["node ../clone/dist/cli/main.js", "/home/me/clone/dist/cli/main.js", {}],
  ["node dist/cli/main.js", "/home/me/project/dist/cli/main.js", { npm_command: "run-script" }],
  ["node /opt/s/main.js", "/opt/s/main.js", {}],
  ["node '/opt/my s/main.js'", "/opt/my s/main.js", {}],
])("says %s for %s", (expected, script, env) => {
  expect(programCall({ script, env, cwd: "/home/me/project" })).toBe(expected);
});

test.each(["plain", "my model", "it's", "a$b", 'a"b', "~/x", "été", "--x=1", "*", "", "a;b", "!x"])(
  "%j reaches a program through the shell as it is",
  (word) => {
    const command = `printf %s ${shellWord(word, false)}`;
    expect(execFileSync("sh", ["-c", command], { encoding: "utf8" })).toBe(word);
  },
);

test("words without special characters have no quotes", () => {
  expect(["models/fr-en", "été", "a=b"].map((word) => shellWord(word, false))).toEqual([
    "models/fr-en",
    "été",
    "a=b",
  ]);
  expect(shellWord("C:\\my models\\one", true)).toBe('"C:\\my models\\one"');
  expect(shellWord("C:\\models\\one", true)).toBe("C:\\models\\one");
});
