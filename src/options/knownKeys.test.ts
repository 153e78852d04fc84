import { expect, test } from "vitest";
import { checkKnownKeys } from "./knownKeys.ts";

const names = ["threads", { name: "device", otherNames: ["gpu"] }];

test("options pass, also those that are left undefined", () => {
  expect(() => checkKnownKeys(names, { threads: 1, treads: undefined }, "loading")).not.toThrow();
});

test.each([
  [{ treads: 1 }, /treads: 1: there is no such option of loading; .*threads/],
  [{ gpu: true }, /gpu: true: there is no such option of loading; .*device/],
  [{ mood: "good" }, /mood: "good": there is no such option of loading; leave it out/],
])("%j is refused, with what it probably means", (given, message) => {
  expect(() => checkKnownKeys(names, given, "loading")).toThrow(message);
});
