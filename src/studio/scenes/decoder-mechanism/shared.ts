/** @file The parts that decoder steps of all kinds of models have. */

import { wiringOf } from "../../../models/wiring.ts";
import type { Board, BoxPart, StripPart } from "./parts.ts";
import { edges, stripHeight } from "./parts.ts";

/** How high the boxes of attention and of a cell are. */
export const attentionHeight = 172;
export const boxHeight = 44;
const softmaxHeight = 98;

/** What a builder has built: how far down, and where the two words are. */
export interface Built {
  readonly bottom: number;
  readonly input: { readonly x: number; readonly y: number };
  readonly output: { readonly x: number; readonly y: number };
}

/** The box of attention at `y`, the query's way into it, and the context that comes out. */
export function attention(
  board: Board,
  y: number,
  query: StripPart,
  caption: StripPart["caption"],
): StripPart {
  const { panel, lanes, channels } = board.frame;
  const { middle, bottom } = edges(query);
  board.box(
    { name: "attention", works: ["scores", "softmax", "weighting", "context"] },
    {
      x: panel.x + panel.width / 2,
      y,
      width: channels[1] - channels[0] - 24,
      height: attentionHeight,
    },
  );
  board.drop("query", middle, [bottom, y], { color: "decoder", at: "scores", span: [0, 0.4] });
  const context = board.strip(
    {
      name: "context",
      role: "context",
      tensor: "context",
      caption,
      at: "context",
      from: 0.5,
      to: 1,
    },
    lanes[1],
    y + attentionHeight + 20,
  );
  const centre = edges(context).centre;
  board.small.push({
    name: "context",
    layer: 0,
    tensor: "context",
    role: "context",
    y: centre,
    goesOn: false,
  });
  return context;
}

/** The context as the layers get it: behind a gate, where the model has one (Xu). */
export function taken(board: Board, context: StripPart): StripPart {
  const { lanes, model } = board.frame;
  if (!wiringOf(model).attention?.gate) return context;
  const at = "context";
  const gated = board.strip(
    {
      name: "gated",
      role: "context",
      tensor: "gated_context",
      caption: "left",
      at,
      from: 0.85,
      to: 1,
    },
    lanes[1],
    context.y + 46,
  );
  board.drop("gate", lanes[1], [edges(context).bottom, gated.y - 2], {
    color: "context",
    at,
    span: [0.7, 0.9],
  });
  return gated;
}

/** Three vectors in the lanes at `y` become one, which goes to the output layer. */
export function concatenated(board: Board, y: number): Omit<Built, "input"> {
  const { lanes, channels, panel, model } = board.frame;
  const at = "concatenate";
  const box = board.box(
    { name: "concat", works: [at] },
    {
      x: panel.x + panel.width / 2,
      y: y + stripHeight + 18,
      width: channels[1] - channels[0] - 24,
      height: 32,
    },
  );
  lanes.forEach((x, lane) => {
    board.drop(`toConcat${lane}`, x, [y + stripHeight + 1, box.y], {
      color: "ink-soft",
      at,
      span: [0.5, 0.7],
    });
  });
  const tensor = model.outputRank > 0 ? "readout.units" : "readout";
  const joined = board.strip(
    { name: "joined", role: "score", tensor, at, from: 0.8, to: 1 },
    lanes[1],
    box.y + 50,
  );
  board.drop("toJoined", lanes[1], [box.y + box.height, joined.y - 2], {
    color: "score",
    at,
    span: [0.7, 0.9],
  });
  return softmaxOf(board, joined, 18);
}

/** Softmax over the vocabulary. */
export function softmax(board: Board, y: number): BoxPart {
  const { lanes, lane } = board.frame;
  const width = Math.min(340, 2.4 * lane);
  return board.box(
    { name: "softmax", works: ["distribution"] },
    { x: lanes[1], y, width, height: softmaxHeight },
  );
}

/** The output layer below a vector in the middle lane; where its weights have a factor, that comes first. */
export function softmaxOf(board: Board, readout: StripPart, gap: number): Omit<Built, "input"> {
  const last = board.frame.model.outputRank > 0 ? factored(board, readout) : readout;
  const box = softmax(board, last.y + stripHeight + (last === readout ? gap : 18));
  const path = [edges(last).bottom, box.y] as const;
  board.drop("toSoftmax", board.frame.lanes[1], path, {
    color: "score",
    at: "distribution",
    span: [0, 0.3],
  });
  return word(board, box);
}

/** What is left of a vector behind the first of the two matrices that the output weights are made of. */
function factored(board: Board, units: StripPart): StripPart {
  const { lanes, lane } = board.frame;
  const at = "distribution";
  const place = { x: lanes[1], y: edges(units).bottom + 14, width: Math.max(90, lane - 60) };
  const box = board.box({ name: "factor", works: [at] }, { ...place, height: 30 });
  board.drop("toFactor", lanes[1], [edges(units).bottom, box.y], {
    color: "score",
    at,
    span: [0, 0.15],
  });
  const part = {
    name: "factored",
    role: "score",
    tensor: "readout",
    at,
    from: 0.15,
    to: 0.3,
  } as const;
  const strip = board.strip(part, lanes[1], box.y + box.height + 16);
  board.drop("toFactored", lanes[1], [box.y + box.height, strip.y - 2], {
    color: "score",
    at,
    span: [0.1, 0.25],
  });
  return strip;
}

/** Where there is no readout, the output layer sees what the top layer hands on. */
export function softmaxOfTop(board: Board, top: StripPart, bottom: number): Omit<Built, "input"> {
  const { lanes, model } = board.frame;
  const from = edges(top);
  const start = Math.max(bottom, from.bottom);
  if (model.outputRank > 0) {
    const part = {
      ...top,
      key: "seenTop",
      caption: "none",
      at: "distribution",
      from: 0,
      to: 0.1,
    } as const;
    const seen = board.strip(part, lanes[1], start + 26);
    const path = [
      [from.middle, from.bottom],
      [from.middle, edges(seen).centre],
      [edges(seen).right, edges(seen).centre],
    ] as const;
    board.arrow("toSeen", path, { color: "decoder", at: "distribution", span: [0, 0.1] });
    return softmaxOf(board, seen, 18);
  }
  const box = softmax(board, start + 30);
  const x = Math.min(from.middle, box.x + box.width - 24);
  const path = [
    [from.middle, from.bottom],
    [from.middle, box.y - 12],
    [x, box.y - 12],
    [x, box.y],
  ] as const;
  board.arrow("toSoftmax", path, { color: "decoder", at: "distribution" });
  return word(board, box);
}

/** The word that is written, and its way to the next step. */
export function word(board: Board, box: BoxPart): Omit<Built, "input"> {
  const { lanes, exit } = board.frame;
  const y = box.y + box.height + 32;
  board.drop("word", lanes[1], [box.y + box.height, y - 16], {
    color: "target",
    at: "choose",
    span: [0, 0.3],
  });
  board.arrow(
    "nextWord",
    [
      [lanes[1], y],
      [exit, y],
    ],
    { color: "target", at: "choose", span: [0.6, 1] },
  );
  return { bottom: y + 22, output: { x: lanes[1], y } };
}
