/**
 * @file Decoder steps in which a context enters the layers: of Bahdanau et al. (2015), appendices A.1.2
 * and A.2.2, of GNMT (Wu et al. 2016), and of Cho et al. (2014), whose context is the source's summary.
 */

import type { DecoderLayer } from "../../../models/wiring.ts";
import { contextOf, wiringOf } from "../../../models/wiring.ts";
import type { Board, BoxPart, StripPart } from "./parts.ts";
import { edges, stateBefore, stripHeight } from "./parts.ts";
import {
  attention,
  type Built,
  boxHeight,
  concatenated,
  softmaxOf,
  softmaxOfTop,
  taken,
} from "./shared.ts";
import { rail, type Stack, stack } from "./stack.ts";

/** Attention with a layer's old state, then the cells, then the readout if there is one. */
export function bahdanauStep(board: Board): Built {
  const { lanes, channels, model } = board.frame;
  const { attention: looks, decoder } = wiringOf(model);
  const layer = decoder.findIndex(({ states }) => states[0]?.tensor === looks?.query.tensor);
  const isBottom = layer === 0;
  const old = board.strip(
    {
      name: "before",
      role: "decoder",
      layer,
      key: isBottom ? "before0" : "query",
      caption: "above",
      ...stateBefore(board.frame, layer),
    },
    lanes[0],
    56,
  );
  const context = attention(board, 98, old, "left");
  const given = taken(board, context);
  const { embedding, cells } = cellsBelow(board, given, context.y + 40, !isBottom);
  const input = { x: lanes[0], y: context.y + 2 };
  const built = { ...finish(board, cells, { old, embedding, context: given }), input };
  // The state of another layer than the bottom one stands beside its own cell once more.
  if (!isBottom) return built;
  const from = edges(old);
  const { box, middle } = entryOf(cells);
  board.arrow(
    "old",
    [
      [from.left, from.centre],
      [channels[0], from.centre],
      [channels[0], middle],
      [box.x, middle],
    ],
    { color: "decoder", at: "state", span: [0, 0.4] },
  );
  return built;
}

/** The summary is there from the beginning, and enters every step. */
export function choStep(board: Board): Built {
  const { lanes } = board.frame;
  const summary = { tensor: "summary", side: "encoder", step: 0, caption: "above" } as const;
  const context = board.strip({ name: "summary", role: "context", ...summary }, lanes[1], 62);
  const { embedding, cells } = cellsBelow(board, context, 106, true);
  const input = { x: lanes[0], y: 56 };
  const old = cells.before as StripPart;
  return { ...finish(board, cells, { old, embedding, context }), input };
}

const entryOf = ({ boxes }: Stack): { box: BoxPart; middle: number } => {
  const box = boxes[0] as BoxPart;
  return { box, middle: box.y + boxHeight / 2 };
};

/** The word's embedding at the left, and below it the cells; the bottom one gets the context, and others may. */
function cellsBelow(
  board: Board,
  context: StripPart,
  y: number,
  hasStates: boolean,
): { readonly embedding: StripPart; readonly cells: Stack } {
  const { lanes, model } = board.frame;
  const embedding = board.strip(
    { name: "embedding", role: "embedding", tensor: "embedding", caption: "above" },
    lanes[0],
    y,
  );
  // Beside the first cell there may be a state with its caption above.
  const room = hasStates ? 44 : 30;
  const cells = stack(board, [0, model.layers], embedding.y + stripHeight + room, { hasStates });
  const { box } = entryOf(cells);
  const entry = box.x + box.width * 0.25;
  const { bottom } = edges(embedding);
  board.arrow(
    "embedding",
    [
      [lanes[0], bottom],
      [lanes[0], bottom + 10],
      [entry, bottom + 10],
      [entry, box.y],
    ],
    { color: "embedding", at: "state", span: [0, 0.4] },
  );
  const from = edges(context).bottom;
  board.drop("contextIn", lanes[1], [from, box.y], {
    color: "context",
    at: "state",
    span: [0, 0.4],
  });
  const { decoder } = wiringOf(model);
  const others = cells.boxes
    .slice(1)
    .filter(({ layer }) => contextOf(decoder[layer] as DecoderLayer));
  rail(board, "contextIn", [[lanes[1], box.y - 6]], others);
  return { embedding, cells };
}

/** The readout, or the output layer itself below the top layer. */
function finish(
  board: Board,
  cells: Stack,
  { old, embedding, context }: Readonly<Record<"old" | "embedding" | "context", StripPart>>,
): Omit<Built, "input"> {
  const { model } = board.frame;
  const { state: read, context: mixed } = wiringOf(model).readout;
  if (!mixed) return softmaxOfTop(board, cells.top, cells.bottom);
  if (model.readout === "concat") {
    return concatenation(board, { state: cells.top, embedding, context }, cells.bottom);
  }
  const isOld = read.time === "previous";
  // Beside the top layer stands its own state before the step, if there are several.
  const state = isOld ? (cells.before ?? old) : cells.top;
  return readout(board, { state, embedding, context }, cells.bottom);
}

/** A vector that passes beside the cell at `x` on its way to a strip. */
interface Passing {
  readonly part: StripPart;
  readonly x: number;
  readonly goal: Edges;
  readonly color: string;
}

/** The vectors that the output layers see. */
type Seen = Readonly<Record<"state" | "embedding" | "context", StripPart>>;

/** Lays the vectors out side by side below `start`; yields their upper edge. */
function sideBySide(
  board: Board,
  { state: from, embedding, context }: Seen,
  start: number,
): number {
  const { lanes, lane, channels } = board.frame;
  const isNew = from.at !== null;
  const y = start + (isNew ? 46 : 36);
  const seen = { at: "concatenate", from: 0.3, to: 0.6, caption: "none" } as const;
  const [state, received, mixed] = [from, embedding, context].map((part, at) =>
    edges(board.strip({ ...part, ...seen, key: `seen${at}` }, lanes[at as 0 | 1 | 2], y)),
  ) as [Edges, Edges, Edges];
  const seeState = isNew
    ? belowPath(edges(from), state, y - 24)
    : leftPath(edges(from), state, channels[0]);
  board.arrow("seeState", seeState, { color: "decoder", at: "concatenate", span: [0, 0.4] });
  // The word and the context pass beside the cell.
  const pass = (key: string, { part, x, goal, color }: Passing): void => {
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
      { color, at: "concatenate", span: [0, 0.4] },
    );
  };
  pass("seeWord", {
    part: embedding,
    x: lanes[0] + lane / 2,
    goal: received,
    color: "embedding",
  });
  pass("seeContext", { part: context, x: lanes[1] + lane / 2, goal: mixed, color: "context" });
  return y;
}

/** The new state, the word received and the context as one vector, which the output layer reads. */
function concatenation(board: Board, seen: Seen, start: number): Omit<Built, "input"> {
  return concatenated(board, sideBySide(board, seen, start));
}

/** The old state or the new one, the word received and the context, added up behind a matrix each; then maxout. */
function readout(board: Board, seen: Seen, start: number): Omit<Built, "input"> {
  const { lanes, lane, channels, panel } = board.frame;
  const y = sideBySide(board, seen, start);
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
    board.drop(`toSum${at}`, x, [y + stripHeight + 1, sum.y], {
      color: "ink-soft",
      at: "concatenate",
      span: [0.5, 0.7],
    });
  });
  const sums = board.strip(
    { name: "sums", role: "score", tensor: "readout.sums", at: "concatenate", from: 0.8, to: 1 },
    lanes[1],
    sum.y + 50,
  );
  board.drop("toSums", lanes[1], [sum.y + sum.height, sums.y - 2], {
    color: "score",
    at: "concatenate",
    span: [0.7, 0.9],
  });
  const maxout = board.box(
    { name: "maxout", works: ["feedForward"] },
    {
      x: lanes[1],
      y: sums.y + stripHeight + 18,
      width: Math.max(150, Math.min(170, lane - 18)),
      height: 32,
    },
  );
  board.drop("toMaxout", lanes[1], [edges(sums).bottom, maxout.y], {
    color: "score",
    at: "feedForward",
    span: [0, 0.4],
  });
  const tensor = board.frame.model.outputRank > 0 ? "readout.units" : "readout";
  const kept = board.strip(
    { name: "readout", role: "score", tensor, at: "feedForward", from: 0.6, to: 1 },
    lanes[1],
    maxout.y + 50,
  );
  board.drop("toReadout", lanes[1], [maxout.y + maxout.height, kept.y - 2], {
    color: "score",
    at: "feedForward",
    span: [0.4, 0.7],
  });
  board.small.push({
    name: "readout",
    layer: 0,
    tensor,
    role: "score",
    y: edges(kept).centre,
    goesOn: false,
  });
  return softmaxOf(board, kept, 18);
}

type Edges = ReturnType<typeof edges>;
type Polyline = readonly (readonly [number, number])[];

/** From a strip at the left along the left edge to one below it. */
const leftPath = (from: Edges, to: Edges, x: number): Polyline => [
  [from.left, from.centre],
  [x, from.centre],
  [x, to.centre],
  [to.left - 1, to.centre],
];

/** From a strip down and over to one below, at the height `y`. */
const belowPath = (from: Edges, to: Edges, y: number): Polyline => [
  [from.middle, from.bottom],
  [from.middle, y],
  [to.middle, y],
  [to.middle, to.top - 1],
];
