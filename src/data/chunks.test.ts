import { describe, expect, test } from "vitest";
import { inChunks } from "./chunks.ts";

async function* numbers(count: number): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) yield number;
}

async function all<Item>(chunks: AsyncIterable<Item[]>): Promise<Item[][]> {
  const found: Item[][] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

const light = (): number => 1;

describe("items that are all there", () => {
  test("come in chunks that grow up to a limit, in order", async () => {
    const chunks = await all(inChunks(numbers(20_000), light, false));
    expect(chunks.map(({ length }) => length)).toEqual([
      64,
      128,
      256,
      512,
      1024,
      2048,
      4096,
      4096,
      4096,
      20_000 - 64 * 127 - 2 * 4096,
    ]);
    expect(chunks.flat()).toEqual(Array.from({ length: 20_000 }, (_, number) => number));
  });
  test("are fewer in a chunk the heavier they are, and at least one", async () => {
    const weigh = (number: number): number => (number === 3 ? 2 ** 40 : 2 ** 27);
    const chunks = await all(inChunks(numbers(6), weigh, false));
    expect(chunks).toEqual([[0, 1], [2], [3], [4, 5]]);
  });
  test("make no chunk if there are none", async () => {
    expect(await all(inChunks(numbers(0), light, false))).toEqual([]);
    expect(await all(inChunks(numbers(0), light, true))).toEqual([]);
  });
  test("may end with a fault, after what came before it was handed on", async () => {
    async function* failing(): AsyncGenerator<number> {
      yield* numbers(65);
      throw new Error("line 66 is wrong");
    }
    const found: number[][] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of inChunks(failing(), light, false)) found.push(chunk);
    };
    await expect(read()).rejects.toThrow("line 66 is wrong");
    expect(found).toEqual([Array.from({ length: 64 }, (_, number) => number), [64]]);
  });
});

describe("items that somebody sends", () => {
  test("are handed on before the next is sent", async () => {
    let send: (item: number) => void = () => {};
    async function* sent(): AsyncGenerator<number> {
      yield* numbers(3);
      yield await new Promise<number>((resolve) => {
        send = resolve;
      });
    }
    const chunks = inChunks(sent(), light, true);
    expect((await chunks.next()).value).toEqual([0, 1, 2]);
    const last = chunks.next();
    send(7);
    expect((await last).value).toEqual([7]);
    expect((await chunks.next()).done).toBe(true);
  });
  test("need not come any more when nobody wants them", async () => {
    async function* stuck(): AsyncGenerator<number> {
      yield 1;
      await new Promise(() => {});
    }
    const chunks = inChunks(stuck(), light, true);
    expect((await chunks.next()).value).toEqual([1]);
    await chunks.return(undefined);
    expect((await chunks.next()).done).toBe(true);
  });
  test("that come all at once are in chunks as if they had been there", async () => {
    const sizes = (await all(inChunks(numbers(300), light, true))).map(({ length }) => length);
    expect(sizes).toEqual([64, 128, 108]);
  });
});
