/** @file The decoder step of Bahdanau et al. (2015), appendices A.1.2 and A.2.2. */

import type { Board, StripPart } from "./parts.ts";
import { edges, stateBefore, stripHeight } from "./parts.ts";
import { attention, type Built, boxHeight, cellRow, softmaxOf, stateBeforeRow } from "./shared.ts";

/** Attention with the old state, then the cell, then the readout. */
export function bahdanauStep(board: Board): Built {
  const { lanes, channels, model } = board.frame;
  const old = board.strip(
    {
      name: "before",
      role: "decoder",
      key: "before0",
      ...stateBefore(board.frame, 0),
      caption: "above",
    },
    lanes[0],
    56,
  );
  const context = attention(board, 98, old, "left");
  const embedding = board.strip(
    { name: "embedding", role: "embedding", tensor: "embedding", caption: "above" },
    lanes[0],
    context.y + 40,
  );
  const input = { x: lanes[0], y: context.y + 2 };

  let y = embedding.y + stripHeight + 30;
  const first = cellRow(board, 0, y, null);
  const entry = first.box.x + first.box.width * 0.25;
  const [from, embedded] = [edges(old), edges(embedding)];
  const middle = y + boxHeight / 2;
  board.arrow(
    "old",
    [
      [from.left, from.centre],
      [channels[0], from.centre],
      [channels[0], middle],
      [first.box.x, middle],
    ],
    "decoder",
    "state",
    [0, 0.4],
  );
  board.drop("contextIn", lanes[1], [edges(context).bottom, y], "context", "state", [0, 0.4]);
  board.arrow(
    "embedding",
    [
      [lanes[0], embedded.bottom],
      [lanes[0], embedded.bottom + 10],
      [entry, embedded.bottom + 10],
      [entry, y],
    ],
    "embedding",
    "state",
    [0, 0.4],
  );
  let { box } = first;
  for (let layer = 1; layer < model.layers; layer++) {
    y += boxHeight + 28;
    ({ box } = cellRow(board, layer, y, box));
    stateBeforeRow(board, layer, box);
  }
  return { ...readout(board, { old, embedding, context }, y + boxHeight), input };
}

/** It sees the old state, the word received and the context, and not the new state. */
function readout(
  board: Board,
  { old, embedding, context }: Readonly<Record<"old" | "embedding" | "context", StripPart>>,
  start: number,
): Omit<Built, "input"> {
  const { lanes, lane, channels, panel } = board.frame;
  const y = start + 36;
  const seen = { at: "concatenate", from: 0.3, to: 0.6, caption: "none" } as const;
  const [state, received, mixed] = [old, embedding, context].map((part, at) =>
    edges(board.strip({ ...part, ...seen, key: `seen${at}` }, lanes[at as 0 | 1 | 2], y)),
  ) as [ReturnType<typeof edges>, ReturnType<typeof edges>, ReturnType<typeof edges>];
  const from = edges(old);
  board.arrow(
    "seeOld",
    [
      [from.left, from.centre],
      [channels[0], from.centre],
      [channels[0], state.centre],
      [state.left - 1, state.centre],
    ],
    "decoder",
    "concatenate",
    [0, 0.4],
  );
  // The word and the context pass beside the cell.
  const pass = (
    key: string,
    part: StripPart,
    x: number,
    goal: typeof received,
    color: string,
  ): void => {
    const { right, centre } = edges(part);
    board.arrow(
      key,
      [
        [right, centre],
        [x, centre],
        [x, y - 12],
        [goal.middle, y - 12],
        [goal.middle, goal.top - 1],
      ],
      color,
      "concatenate",
      [0, 0.4],
    );
  };
  pass("seeWord", embedding, lanes[0] + lane / 2, received, "embedding");
  pass("seeContext", context, lanes[1] + lane / 2, mixed, "context");

  const sum = board.box(
    { name: "sum", works: ["concatenate"] },
    {
      x: panel.x + panel.width / 2,
      y: y + stripHeight + 18,
      width: channels[1] - channels[0] - 24,
      height: 32,
    },
  );
  lanes.forEach((x, at) => {
    board.drop(
      `toSum${at}`,
      x,
      [y + stripHeight + 1, sum.y],
      "ink-soft",
      "concatenate",
      [0.5, 0.7],
    );
  });
  const sums = board.strip(
    { name: "sums", role: "score", tensor: "readout.sums", at: "concatenate", from: 0.8, to: 1 },
    lanes[1],
    sum.y + 50,
  );
  board.drop(
    "toSums",
    lanes[1],
    [sum.y + sum.height, sums.y - 2],
    "score",
    "concatenate",
    [0.7, 0.9],
  );
  const maxout = board.box(
    { name: "maxout", works: ["feedForward"] },
    {
      x: lanes[1],
      y: sums.y + stripHeight + 18,
      width: Math.max(150, Math.min(170, lane - 18)),
      height: 32,
    },
  );
  board.drop(
    "toMaxout",
    lanes[1],
    [edges(sums).bottom, maxout.y],
    "score",
    "feedForward",
    [0, 0.4],
  );
  const kept = board.strip(
    { name: "readout", role: "score", tensor: "readout", at: "feedForward", from: 0.6, to: 1 },
    lanes[1],
    maxout.y + 50,
  );
  board.drop(
    "toReadout",
    lanes[1],
    [maxout.y + maxout.height, kept.y - 2],
    "score",
    "feedForward",
    [0.4, 0.7],
  );
  board.small.push({
    name: "readout",
    layer: 0,
    tensor: "readout",
    role: "score",
    y: edges(kept).centre,
    goesOn: false,
  });
  return softmaxOf(board, kept, 18);
}
