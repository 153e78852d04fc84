import { expect, test } from "vitest";
import { holdOut, leastToDivide, without } from "./heldOut.ts";
import type { SentencePair } from "./pairs.ts";
import { pairsInMemory } from "./pairs.ts";

type Text = Pick<SentencePair, "source" | "target">;
const corpusOf = (count: number, source = (index: number) => `sentence ${index}`): Text[] =>
  Array.from({ length: count }, (_, index) => ({ source: source(index), target: `t ${index}` }));
const read = (pairs: readonly Text[]) => pairsInMemory(pairs, "corpus");
const sourcesOf = (pairs: readonly Text[] = []): string[] => pairs.map(({ source }) => source);

async function divided(pairs: readonly Text[]): Promise<{ dev: string[]; train: string[] }> {
  const { heldOut } = await holdOut(read(pairs));
  const train: SentencePair[] = [];
  if (heldOut) for await (const pair of without(read(pairs), heldOut).read()) train.push(pair);
  return { dev: sourcesOf(heldOut?.pairs), train: sourcesOf(train) };
}

test.each([
  [40, 2],
  [1000, 50],
  [30_000, 1500],
  [60_000, 2000],
])("of %d pairs, %d are held out, and all others are left", async (count, expected) => {
  const { dev, train } = await divided(corpusOf(count));
  expect(dev).toHaveLength(expected);
  expect(train).toHaveLength(count - expected);
  expect(new Set([...dev, ...train]).size).toBe(count);
});

test("the choice depends on the texts, not on their order", async () => {
  const corpus = corpusOf(20_000);
  const [one, other] = await Promise.all([divided(corpus), divided(corpus.toReversed())]);
  expect(other.dev).toEqual(one.dev.toReversed());
  // Few of a longer corpus change sides.
  const longer = await divided(corpusOf(21_000));
  expect(one.dev.filter((source) => !longer.dev.includes(source)).length).toBeLessThan(20);
});

test("pairs with the same source stay on one side, whatever their case and spaces", async () => {
  const corpus = corpusOf(900, (index) => `sentence ${index % 300}`);
  const spelled = corpus.map(({ source, target }, index) => ({
    source: index % 3 === 0 ? source.toUpperCase() : source.replace(" ", "   "),
    target,
  }));
  const { dev, train } = await divided(spelled);
  const plain = (source: string): string => source.toLowerCase().replace(/ +/g, " ");
  expect(dev.length).toBeGreaterThan(30);
  expect(dev.length).toBeLessThanOrEqual(45);
  const trained = new Set(train.map(plain));
  expect(dev.filter((source) => trained.has(plain(source)))).toEqual([]);
});

test("a source with more pairs than can be held out is trained on", async () => {
  const often = corpusOf(9000, (index) => (index % 3 === 0 ? `sentence ${index}` : "thanks"));
  const { dev } = await divided(often);
  expect(dev).not.toContain("thanks");
  expect(dev).toHaveLength(450);
});

test("nothing is held out of a small corpus, or of one with a single source", async () => {
  const small = await holdOut(read(corpusOf(leastToDivide - 1)));
  expect(small).toEqual({ total: leastToDivide - 1, heldOut: null });
  expect((await holdOut(read(corpusOf(5000, () => "thanks")))).heldOut).toBeNull();
});

test("blank pairs count on neither side", async () => {
  const corpus = [...corpusOf(1000), ...corpusOf(1000, () => " ")];
  const { total, heldOut } = await holdOut(read(corpus));
  expect(total).toBe(1000);
  expect(heldOut?.pairs).toHaveLength(50);
  expect(sourcesOf(heldOut?.pairs)).not.toContain(" ");
});
