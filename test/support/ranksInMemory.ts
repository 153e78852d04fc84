/** @file Ranks within one process: each is a value, and what one sends lies in a queue until the other takes it. */

import type { Ranks } from "../../src/training/cluster/ranks.ts";

interface Post {
  put(value: unknown): void;
  take(): Promise<unknown>;
}

function post(): Post {
  const lying: unknown[] = [];
  const waiting: ((value: unknown) => void)[] = [];
  return {
    put(value) {
      const next = waiting.shift();
      if (next) next(value);
      else lying.push(value);
    },
    take: () =>
      lying.length > 0
        ? Promise.resolve(lying.shift())
        : new Promise((resolve) => waiting.push(resolve)),
  };
}

/** As many ranks as asked, which know each other. */
export function ranksInMemory(count: number): Ranks[] {
  const posts = new Map<string, Post>();
  const between = (kind: string, from: number, to: number): Post => {
    const key = `${kind} ${from} ${to}`;
    const found = posts.get(key) ?? post();
    posts.set(key, found);
    return found;
  };
  return Array.from({ length: count }, (_, rank) => ({
    rank,
    count,
    activity: "",
    async send(to, value) {
      between("value", rank, to).put(structuredClone(value));
    },
    receive: (from) => between("value", from, rank).take(),
    async exchange({ to, given, from, taken }) {
      between("numbers", rank, to).put(given.slice());
      taken.set((await between("numbers", from, rank).take()) as Float32Array);
    },
    async broadcast(numbers) {
      if (rank > 0) numbers.set((await between("broadcast", 0, rank).take()) as Float32Array);
      else for (let to = 1; to < count; to++) between("broadcast", 0, to).put(numbers.slice());
    },
  }));
}
