/** @file One step over batches that are cut into shards, by one process or by several ranks. */

import type { TokenLinks } from "../../data/corpusLinks.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import { withFeatures } from "../../tensor/sequence.ts";
import type { Ranks } from "../cluster/ranks.ts";
import type { ShardRange } from "../cluster/tree.ts";
import { branches, foldTree, inShards, nodesWithin, shardsOf } from "../cluster/tree.ts";
import type { PartialSum } from "../cluster/treeSum.ts";
import { addTo, partOf, TreeSum } from "../cluster/treeSum.ts";
import type { Arena, SliceRange } from "./arena.ts";
import type { GradientResult, GradientTask, StepResult, TrainingStep } from "./trainingStep.ts";
import { normOf, tokensOf } from "./trainingStep.ts";

/** The pairs of a batch, or some of them. */
export interface StepBatch {
  readonly pairs: readonly IdPair[];
  /** The links of each pair, for guided alignment; none otherwise. */
  readonly links: readonly TokenLinks[];
}

/** A pair as one rank sends it to another: with its features beside it. */
export interface SentPair {
  readonly source: Int32Array;
  readonly features: Float32Array | null;
  readonly target: Int32Array;
}

/** What a rank does in a step. */
export interface StepShare {
  readonly kind: "step";
  readonly step: number;
  readonly learningRate: number;
  /** What the loss is divided by: the target tokens or the sentences of all batches of the step. */
  readonly per: number;
  /** For each shard of the rank: its part of each batch. */
  readonly shards: readonly (readonly SentBatch[])[];
}

interface SentBatch {
  readonly pairs: readonly SentPair[];
  readonly links: readonly TokenLinks[];
}

/** What rank 0 must know to decide about the update. */
interface Findings {
  readonly nodes: readonly (ShardRange & { readonly result: GradientResult })[];
  /** The squares of the gradients of this rank's slices. */
  readonly squares: Float32Array;
}

interface Decision extends GradientResult {
  /** NaN if the parameters must not change. */
  readonly gradientNorm: number;
}

/**
 * Shares a step out among ranks. A batch is cut into shards, pair i into shard i mod `shards`; each rank computes the
 * gradients of its shards, and all are summed as one tree. Each rank then updates its own part of the parameters, whose
 * moments no other rank keeps up, and gives them to the others. So the new parameters depend on the number of shards, and
 * not on that of ranks.
 */
export class SharedStep {
  readonly training: TrainingStep;
  /** The slices whose moments and averages this rank keeps up. */
  readonly slices: SliceRange;
  private readonly ranks: Ranks;
  private readonly shards: number;
  private readonly treeSum: TreeSum;
  /** Memory for right branches, by their depth. */
  private readonly spares: Arena[] = [];
  /** Memory for nodes that are not the first one of this rank. */
  private readonly others: Arena[] = [];
  private addend: Arena | null = null;

  /** @param shards a multiple of the number of ranks. */
  constructor(training: TrainingStep, ranks: Ranks, shards: number) {
    this.training = training;
    this.ranks = ranks;
    this.shards = shards;
    const { sliceSize, sliceCount } = training.parameters;
    this.treeSum = new TreeSum(ranks, { shards, unit: sliceSize });
    this.slices = partOf(ranks.rank, ranks.count, sliceCount);
  }

  /**
   * Runs a step; called on rank 0, while the others {@link compute} what it sends them.
   *
   * @param batches the batches whose gradients are summed.
   * @returns the measurements; if the loss is not finite, the parameters are unchanged.
   */
  async run(
    batches: readonly StepBatch[],
    step: number,
    learningRate: number,
  ): Promise<StepResult> {
    const start = performance.now();
    const { ranks, shards, training } = this;
    const pairs = batches.flatMap((batch) => batch.pairs);
    const cut = batches.map((batch) => batchInShards(batch, shards));
    const per = training.lossUnits(pairs);
    const common = { kind: "step", step, learningRate, per } as const;
    ranks.activity = `step ${step}`;
    for (let rank = 1; rank < ranks.count; rank++) {
      const own = shardsOf(rank, ranks.count, shards);
      const sent = cut.map((each) => each.slice(own.start, own.end).map(toSend));
      await ranks.send(rank, { ...common, shards: transposed(sent) } satisfies StepShare);
    }
    const own = shardsOf(0, ranks.count, shards);
    const first = transposed(cut.map((each) => each.slice(own.start, own.end)));
    const { decision, gradients } = await this.take({ ...common, shards: first });
    ranks.activity = "";
    return {
      loss: Number.isFinite(decision.gradientNorm) ? decision.loss : Number.NaN,
      logProbability: decision.logProbability,
      ...tokensOf(pairs),
      gradientNorm: decision.gradientNorm,
      time: { gradients: gradients - start, update: performance.now() - gradients },
    };
  }

  /** The parts of a step whose gradients are computed one by one; one part for a single batch without shards. */
  tasksOf(batches: readonly StepBatch[], step: number): GradientTask[] {
    const per = this.training.lossUnits(batches.flatMap(({ pairs }) => pairs));
    return batches.flatMap((batch, number) =>
      batchInShards(batch, this.shards).flatMap((each, shard) =>
        each.pairs.length === 0 ? [] : [{ ...each, step, per, shard: this.drawOf(number, shard) }],
      ),
    );
  }

  /** The number by which a shard of a batch draws what is random. */
  private drawOf(batch: number, shard: number): number {
    return batch * this.shards + shard;
  }

  /** Does what rank 0 asks of another rank in a step. */
  async compute(share: StepShare): Promise<void> {
    const shards = share.shards.map((batches) => batches.map(received));
    await this.take({ ...share, shards });
  }

  /** Gives this rank's part of moments or averages to all others, and takes theirs. */
  share(arena: Arena): Promise<void> {
    return this.treeSum.share(arena.data);
  }

  private async take(share: Share): Promise<{ decision: Decision; gradients: number }> {
    const { ranks, training, shards, slices } = this;
    ranks.activity = `step ${share.step}`;
    const own = shardsOf(ranks.rank, ranks.count, shards);
    const nodes: (ShardRange & { result: GradientResult })[] = [];
    const sums: PartialSum[] = [];
    for (const [index, node] of nodesWithin(own, shards).entries()) {
      const into = index === 0 ? training.gradients : this.arena(this.others, index - 1);
      const result = await this.node({ node, first: own.start, share }, into, 0);
      nodes.push({ ...node, result });
      sums.push({ node, numbers: into.data });
    }
    const gradients = performance.now();
    ranks.activity = `step ${share.step}, the sum of the gradients`;
    await this.treeSum.sum(sums, training.gradients.data);
    const squares = await training.squares(slices);
    ranks.activity = `step ${share.step}, the norm of the gradients`;
    const decision = await this.agree({ nodes, squares });
    if (Number.isFinite(decision.gradientNorm)) {
      const { step, learningRate } = share;
      const { gradientNorm } = decision;
      await training.apply(slices, { step, learningRate, gradientNorm });
      ranks.activity = `step ${share.step}, the new parameters`;
      await this.share(training.parameters);
    }
    return { decision, gradients };
  }

  /** Computes the summed gradients of the shards of a node. */
  private async node(work: NodeWork, into: Arena, depth: number): Promise<GradientResult> {
    const { node, first, share } = work;
    if (node.end - node.start === 1) {
      const batches = share.shards[node.start - first] ?? [];
      return this.leaf(batches, { ...share, shard: node.start }, into);
    }
    const [left, right] = branches(node);
    const one = await this.node({ ...work, node: left }, into, depth + 1);
    const spare = this.arena(this.spares, depth);
    const other = await this.node({ ...work, node: right }, spare, depth + 1);
    addTo(into.data, spare.data);
    return together(one, other);
  }

  /** Computes the gradients of one shard of all batches. */
  private async leaf(
    batches: readonly StepBatch[],
    { step, per, shard }: { readonly step: number; readonly per: number; readonly shard: number },
    into: Arena,
  ): Promise<GradientResult> {
    let sum: GradientResult | null = null;
    for (const [number, { pairs, links }] of batches.entries()) {
      // A batch may have fewer pairs than there are shards.
      if (pairs.length === 0) continue;
      const task = { pairs, links, step, per, shard: this.drawOf(number, shard) };
      if (sum === null) {
        sum = await this.training.computeGradients(task, into);
        continue;
      }
      this.addend ??= this.newArena();
      sum = together(sum, await this.training.computeGradients(task, this.addend));
      addTo(into.data, this.addend.data);
    }
    if (sum === null) into.data.fill(0);
    return sum ?? { loss: 0, logProbability: 0 };
  }

  /** Decides on rank 0 whether and how to update; returns the same decision on all ranks. */
  private async agree(own: Findings): Promise<Decision> {
    const { ranks, shards } = this;
    if (ranks.rank > 0) {
      await ranks.send(0, own);
      return (await ranks.receive(0)) as Decision;
    }
    const findings = [own];
    for (let rank = 1; rank < ranks.count; rank++) {
      findings.push((await ranks.receive(rank)) as Findings);
    }
    const nodes = findings.flatMap((each) => each.nodes);
    const results = new Map(nodes.map(({ start, end, result }) => [start, { end, value: result }]));
    const total = foldTree(shards, results, together);
    const squares = Float32Array.from(findings.flatMap((each) => [...each.squares]));
    const gradientNorm = Number.isFinite(total.loss) ? normOf(squares) : Number.NaN;
    const decision = { ...total, gradientNorm };
    for (let rank = 1; rank < ranks.count; rank++) await ranks.send(rank, decision);
    return decision;
  }

  private arena(list: Arena[], index: number): Arena {
    while (list.length <= index) list.push(this.newArena());
    return list[index] as Arena;
  }

  private newArena(): Arena {
    return this.training.newArena();
  }
}

/** A share with its pairs as the graph reads them. */
interface Share extends Omit<StepShare, "kind" | "shards"> {
  readonly shards: readonly (readonly StepBatch[])[];
}

interface NodeWork {
  readonly node: ShardRange;
  /** The first shard of the rank. */
  readonly first: number;
  readonly share: Share;
}

function together(one: GradientResult, other: GradientResult): GradientResult {
  return {
    loss: one.loss + other.loss,
    logProbability: one.logProbability + other.logProbability,
  };
}

function batchInShards({ pairs, links }: StepBatch, shards: number): StepBatch[] {
  const linked = inShards(links, shards);
  return inShards(pairs, shards).map((some, shard) => ({
    pairs: some,
    links: linked[shard] ?? [],
  }));
}

/** From the shards of each batch to the batches of each shard. */
function transposed<Item>(rows: readonly (readonly Item[])[]): Item[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] as Item));
}

function toSend({ pairs, links }: StepBatch): SentBatch {
  return { pairs: pairs.map(sentPair), links };
}

function received({ pairs, links }: SentBatch): StepBatch {
  return { pairs: pairs.map(receivedPair), links };
}

/** A pair as it can be sent. */
export function sentPair({ source, target }: IdPair): SentPair {
  return {
    source: Int32Array.from(source),
    features: source.features ?? null,
    target: Int32Array.from(target),
  };
}

/** The pair that {@link sentPair} was made of. */
export function receivedPair({ source, features, target }: SentPair): IdPair {
  return { source: features ? withFeatures(source, () => features) : source, target };
}
