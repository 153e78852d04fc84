/** @file A rank of a run that is not rank 0: it does what rank 0 asks, and reads and writes no files. */

import { InferenceModel } from "../../decoding/inferenceModel.ts";
import { sourceReader } from "../../decoding/sourceInput.ts";
import { TextModel } from "../../decoding/textModel.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import type { Ranks } from "../cluster/ranks.ts";
import type { Arena } from "../step/arena.ts";
import { updateRule } from "../step/optimizers.ts";
import { receivedPair, SharedStep } from "../step/sharedStep.ts";
import { TrainingStep } from "../step/trainingStep.ts";
import { DevScorer } from "./evaluate.ts";
import type { RunResult } from "./events.ts";
import type { Beginning, Order } from "./orders.ts";
import { greedyTexts } from "./pairModel.ts";
import { arenasOf } from "./runParts.ts";
import { giveArenas } from "./team.ts";

/**
 * Works for rank 0 until the run ends.
 *
 * @param runtimeFor the runtime, for the options of the run.
 * @returns the result of the run; null if it failed before or in it.
 */
export async function workForRun(
  ranks: Ranks,
  runtimeFor: (options: Beginning["options"]) => Runtime,
): Promise<RunResult | null> {
  // Rank 0 may prepare its data for as long as it takes.
  const first = (await ranks.receive(0, true)) as Order;
  if (first.kind === "end") return first.result;
  if (first.kind !== "begin") throw new Error(`A run begins with ${first.kind}.`);
  const member = await Member.begin(ranks, first, runtimeFor(first.options));
  try {
    for (;;) {
      ranks.activity = "what to do next";
      const order = (await ranks.receive(0)) as Order;
      if (order.kind === "end") return order.result;
      if (order.kind === "begin") throw new Error("A run begins once.");
      await member.follow(order);
    }
  } finally {
    await member.release();
  }
}

interface MemberParts {
  readonly step: TrainingStep;
  readonly averages: Arena | null;
  readonly scorer: DevScorer;
  readonly translator: TextModel;
}

class Member {
  private readonly ranks: Ranks;
  private readonly shared: SharedStep;
  private readonly parts: MemberParts;

  private constructor(ranks: Ranks, shared: SharedStep, parts: MemberParts) {
    this.ranks = ranks;
    this.shared = shared;
    this.parts = parts;
  }

  static async begin(
    ranks: Ranks,
    { sizes, settings, options, tokenizers }: Beginning,
    runtime: Runtime,
  ): Promise<Member> {
    const rule = updateRule(options.optimizer, options);
    const step = await TrainingStep.create(runtime, sizes, { ...settings, rule });
    const averages = options.average > 0 ? step.newArena() : null;
    const scorer = await DevScorer.create(runtime, sizes);
    const weights = (averages ?? step.parameters).views;
    const model = await InferenceModel.create(runtime, sizes, weights, { weights: "fed" });
    const source = TextTokenizer.fromJson(tokenizers.source, "the source tokenizer of rank 0");
    const target = TextTokenizer.fromJson(tokenizers.target, "the target tokenizer of rank 0");
    const translator = new TextModel(model, sourceReader(source, sizes), target);
    const parts = { step, averages, scorer, translator };
    ranks.activity = "the first weights";
    await giveArenas(ranks, arenasOf(parts));
    return new Member(ranks, new SharedStep(step, ranks, options.shards), parts);
  }

  async follow(order: Exclude<Order, { readonly kind: "begin" | "end" }>): Promise<void> {
    const { ranks, shared, parts } = this;
    const weights = (parts.averages ?? parts.step.parameters).views;
    ranks.activity = `what belongs to ${order.kind}`;
    switch (order.kind) {
      case "step":
        return shared.compute(order);
      case "average":
        return parts.step.average(parts.averages as Arena, order.keep, shared.slices);
      case "collect": {
        const arenas = arenasOf(parts);
        for (const name of order.arenas) await shared.share(arenas[name] as Arena);
        return;
      }
      case "score": {
        const batches = order.batches.map((batch) => batch.map(receivedPair));
        return ranks.send(0, await parts.scorer.scoreBatches(batches, weights));
      }
      case "translate":
        return ranks.send(0, await greedyTexts(parts.translator, order.sources));
    }
  }

  async release(): Promise<void> {
    const { step, scorer, translator } = this.parts;
    for (const part of [step, scorer, translator]) await part.release();
  }
}
