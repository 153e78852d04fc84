/** @file The parts that decoder steps of all kinds of models have. */

import type { Board, BoxPart, StripPart } from "./parts.ts";
import { edges, stateBefore, stripHeight } from "./parts.ts";

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

/** A layer's cell at `y`, with what comes in from the left and goes out to the right. */
export function cellRow(
  board: Board,
  layer: number,
  y: number,
  under: BoxPart | null,
): { readonly box: BoxPart; readonly state: StripPart } {
  const { lanes, lane, exit } = board.frame;
  const middle = y + boxHeight / 2;
  const box = board.box(
    { name: "cell", layer, key: `cell${layer}`, works: ["state"] },
    { x: lanes[1], y, width: Math.min(170, lane - 18), height: boxHeight },
  );
  if (under)
    board.drop(`up${layer}`, lanes[1], [under.y + boxHeight, y], "decoder", "state", [0.3, 0.5]);
  const tensor = `decoder.${layer}.hidden_state`;
  const state = board.strip(
    {
      name: "state",
      role: "decoder",
      layer,
      key: `state${layer}`,
      tensor,
      caption: "above",
      at: "state",
      from: 0.6,
      to: 1,
    },
    lanes[2],
    middle - stripHeight / 2,
  );
  const { left, right } = edges(state);
  board.arrow(
    `new${layer}`,
    [
      [box.x + box.width, middle],
      [left, middle],
    ],
    "decoder",
    "state",
    [0.45, 0.75],
  );
  board.arrow(
    `next${layer}`,
    [
      [right, middle],
      [exit, middle],
    ],
    "decoder",
    "choose",
    [0.6, 1],
  );
  board.small.push({ name: "state", layer, tensor, role: "decoder", y: middle, goesOn: true });
  return { box, state };
}

/** A layer's state before the step, left of its cell. */
export function stateBeforeRow(board: Board, layer: number, box: BoxPart): void {
  const middle = box.y + boxHeight / 2;
  const before = board.strip(
    {
      name: "before",
      role: "decoder",
      layer,
      key: `before${layer}`,
      ...stateBefore(board.frame, layer),
      caption: "above",
    },
    board.frame.lanes[0],
    middle - stripHeight / 2,
  );
  board.arrow(
    `before${layer}`,
    [
      [edges(before).right, middle],
      [box.x, middle],
    ],
    "decoder",
    "state",
    [0, 0.4],
  );
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
  board.drop("query", middle, [bottom, y], "decoder", "scores", [0, 0.4]);
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
    y + attentionHeight + 24,
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

/** Softmax over the vocabulary. */
export function softmax(board: Board, y: number): BoxPart {
  const { lanes, lane } = board.frame;
  const width = Math.min(340, 2.4 * lane);
  return board.box(
    { name: "softmax", works: ["distribution"] },
    { x: lanes[1], y, width, height: softmaxHeight },
  );
}

/** Softmax below a vector, the word that is written, and its way to the next step. */
export function softmaxOf(board: Board, readout: StripPart, gap: number): Omit<Built, "input"> {
  const box = softmax(board, readout.y + stripHeight + gap);
  board.drop(
    "toSoftmax",
    board.frame.lanes[1],
    [edges(readout).bottom, box.y],
    "score",
    "distribution",
    [0, 0.3],
  );
  return word(board, box);
}

/** The word that is written, and its way to the next step. */
export function word(board: Board, box: BoxPart): Omit<Built, "input"> {
  const { lanes, exit } = board.frame;
  const y = box.y + box.height + 36;
  board.drop("word", lanes[1], [box.y + box.height, y - 16], "target", "choose", [0, 0.3]);
  board.arrow(
    "nextWord",
    [
      [lanes[1], y],
      [exit, y],
    ],
    "target",
    "choose",
    [0.6, 1],
  );
  return { bottom: y + 26, output: { x: lanes[1], y } };
}
