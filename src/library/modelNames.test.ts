import { expect, test } from "vitest";
import { Seq2Seq } from "./seq2seq.ts";

test("a model that comes with the package is loaded by its name", async () => {
  const model = await Seq2Seq.load("dates", { threads: 1 });
  const [translation] = await model.translate("le 14 juillet 1989");
  expect(translation?.text).toBe("1989-07-14");

  // What a program without types may give is refused in a sentence.
  const any = <Value>(value: unknown): Value => value as Value;
  for (const [refused, message] of [
    [model.translate(any(undefined)), /The source undefined cannot be read; give the model text/],
    [model.translate(any({ shape: [1, 2] })), /neither a text nor/],
    [model.translateAll(any("text")), /a list of texts; give \[text\]/],
    [model.translateAll(["a", "b"], { prefixes: ["1"] }), /there are 1 of them for 2 texts/],
    [model.score(any({})), /a list of pairs/],
    [model.score([any({ source: "a" })]), /a pair has no target/],
    [model.embeddingNeighbours(any("foo"), 5, 1), /"foo" is no side of a model/],
  ] as const) {
    await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(message) });
  }
  await model.release();
});

test("features that a program makes are checked as files are", async () => {
  const model = await Seq2Seq.load("captions", { threads: 1 });
  const given = { name: "mine", shape: [64, 192], picture: null } as const;
  const features = (data: Float32Array) => model.translate({ ...given, data });
  await expect(features(new Float32Array(5))).rejects.toThrow(/mine: its data are 5 numbers where/);
  const bad = new Float32Array(64 * 192);
  bad[192] = Number.NaN;
  await expect(features(bad)).rejects.toThrow(/mine: row 2 has a number that is not finite/);
  await model.release();
});
