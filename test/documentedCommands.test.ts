import { expect, test } from "vitest";
import { documentedBlocks, shellBlocks } from "../scripts/documentation/commands.ts";
import { leftOut, whyLeftOut } from "../scripts/documentation/leftOut.ts";
import { shortened } from "../scripts/documentation/run.ts";
import { root } from "./support/studioPage.ts";

test("the commands of a block are found without what explains them", () => {
  const page = [
    "Text.",
    "```",
    "npm test      # everything",
    "seq2see train --data a.tsv \\",
    "  --out b        two lines",
    'echo "un homme ." | seq2see translate # reads lines',
    "what it prints",
    "```",
    "```js",
    "npm.run();",
    "```",
    "```sh",
    "$ seq2see inspect --model b",
    "npm is not called here",
    "```",
    "```",
    "only output",
    "```",
  ].join("\n");
  expect(shellBlocks(page, "a.md")).toEqual([
    {
      page: "a.md",
      line: 2,
      commands: [
        "npm test",
        "seq2see train --data a.tsv --out b",
        'echo "un homme ." | seq2see translate',
      ],
    },
    { page: "a.md", line: 12, commands: ["seq2see inspect --model b"] },
  ]);
});

test("trainings are shortened, and servers take a free port", () => {
  expect(shortened("seq2see train --data a.tsv --minutes 5")).toBe(
    "seq2see train --data a.tsv --minutes 5 --steps 4 --evaluate-every 2",
  );
  expect(shortened("seq2see train --out a --resume")).toBe(
    "seq2see train --out a --resume --steps 6",
  );
  expect(shortened("A=$(b) seq2see studio --model a")).toBe(
    "A=$(b) seq2see studio --model a --no-open --port 0",
  );
  expect(shortened("npm run experiments -- analogies")).toMatch(/ --out \.tmp\/documentation$/);
  const others = ["seq2see studio --export a", "ls | seq2see translate --model train"];
  expect(others.map(shortened)).toEqual(others);
});

test("each reason to leave commands out is of a command of some page", () => {
  const commands = documentedBlocks(root).flatMap((block) => block.commands);
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.filter((command) => whyLeftOut(command) === null).length).toBeGreaterThan(40);
  const unused = leftOut.filter(({ begins }) => !commands.some((each) => each.startsWith(begins)));
  expect(unused).toEqual([]);
});
