/** @file The ranks of a run as rank 0 sees them: it sends orders, takes its share, and puts the answers together. */

import type { Ranks } from "../cluster/ranks.ts";
import { alone } from "../cluster/ranks.ts";
import { inShards } from "../cluster/tree.ts";
import type { Arena } from "../step/arena.ts";
import type { Beginning, Order } from "./orders.ts";

/** Work that ranks share out. */
export interface SharedWork<Task, Result> {
  /** What this is, for messages about a rank that waits in vain. */
  readonly name: string;
  readonly tasks: readonly Task[];
  order(tasks: readonly Task[]): Order;
  /** Does the share of rank 0. */
  own(tasks: readonly Task[]): Promise<readonly Result[]>;
}

/** Rank 0 and the others; or a process alone. */
export class Team {
  private readonly ranks: Ranks;

  constructor(ranks: Ranks = alone) {
    this.ranks = ranks;
  }

  get count(): number {
    return this.ranks.count;
  }

  /** Tells the others what the run is, and gives them all its numbers. */
  async begin(beginning: Beginning, arenas: Readonly<Record<string, Arena>>): Promise<void> {
    await this.during("the start of the run", async () => {
      await this.sendAll(beginning);
      await giveArenas(this.ranks, arenas);
    });
  }

  /** Sends an order to all others and takes part in it. */
  async together(name: string, order: Order, own: () => Promise<void>): Promise<void> {
    await this.during(name, async () => {
      await this.sendAll(order);
      await own();
    });
  }

  /** Shares tasks out, task i to rank i mod their number; returns the results in order. */
  async map<Task, Result>(work: SharedWork<Task, Result>): Promise<readonly Result[]> {
    const { ranks } = this;
    if (ranks.count === 1) return work.own(work.tasks);
    return this.during(work.name, async () => {
      const shares = inShards(work.tasks, ranks.count);
      for (const [rank, share] of shares.entries()) {
        if (rank > 0) await ranks.send(rank, work.order(share));
      }
      const lists = [await work.own(shares[0] as Task[])];
      for (let rank = 1; rank < ranks.count; rank++) {
        lists.push((await ranks.receive(rank)) as Result[]);
      }
      return work.tasks.map(
        (_, index) => lists[index % ranks.count]?.[Math.floor(index / ranks.count)] as Result,
      );
    });
  }

  private async sendAll(order: Order): Promise<void> {
    for (let rank = 1; rank < this.ranks.count; rank++) await this.ranks.send(rank, order);
  }

  /** After an error amid the work, its name stays, as the others then wait in vain. */
  private async during<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    this.ranks.activity = name;
    const result = await work();
    this.ranks.activity = "";
    return result;
  }
}

/** Overwrites the arenas of all ranks with those of rank 0. */
export async function giveArenas(
  ranks: Ranks,
  arenas: Readonly<Record<string, Arena>>,
): Promise<void> {
  for (const { data } of Object.values(arenas)) await ranks.broadcast(data);
}
