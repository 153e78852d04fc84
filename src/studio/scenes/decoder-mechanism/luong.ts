/** @file The decoder step of Luong et al. (2015), and the one without attention. */

import { wiringOf } from "../../../models/wiring.ts";
import type { Board, BoxPart, StripPart } from "./parts.ts";
import { edges, fedBefore, stripHeight } from "./parts.ts";
import { attention, type Built, concatenated, softmaxOf, softmaxOfTop } from "./shared.ts";
import { stack } from "./stack.ts";

/** First the new state, then attention with it. Without attention the word is read from the state. */
export function luongStep(board: Board): Built {
  const { model, lanes } = board.frame;
  const input = { x: lanes[1], y: 52 };
  const embedding = wordIn(board);
  const under = edges(embedding).bottom;
  const { boxes, top, bottom } = stack(board, [0, model.layers], 138, { under });
  const { inputFeed, attention: looks } = wiringOf(model);
  if (inputFeed) feedBack(board, boxes[0] as BoxPart, "score");
  if (!looks) return { ...softmaxOfTop(board, top, bottom), input };
  if (model.readout === "concat") {
    const context = attention(board, bottom + 26, top, "right");
    return { ...concatenation(board, { top, context, embedding }, context.y + 46), input };
  }
  return { ...readout(board, top, attention(board, bottom + 26, top, "right")), input };
}

/** The word received and its embedding above the cells. */
export function wordIn(board: Board): StripPart {
  const { lanes } = board.frame;
  const embedding = board.strip(
    { name: "embedding", role: "embedding", tensor: "embedding" },
    lanes[1],
    92,
  );
  board.drop("embed", lanes[1], [67, 90], { color: "embedding", at: null });
  return embedding;
}

/** What the step before feeds into the bottom layer. */
export function feedBack(board: Board, box: BoxPart, role: "score" | "context"): StripPart {
  const { frame } = board;
  const fed = board.strip(
    { name: "fed", role, ...fedBefore(frame), caption: "above" },
    frame.lanes[0],
    92,
  );
  const { middle, bottom } = edges(fed);
  const x = box.x + box.width * 0.2;
  board.arrow(
    "fed",
    [
      [middle, bottom],
      [middle, bottom + 9],
      [x, bottom + 9],
      [x, box.y],
    ],
    { color: role, at: "state", span: [0, 0.4] },
  );
  return fed;
}

/** The embedding, the context and the new state side by side at `y`, which the output layer reads as one. */
function concatenation(
  board: Board,
  { top, context, embedding }: Readonly<Record<"top" | "context" | "embedding", StripPart>>,
  y: number,
): Omit<Built, "input"> {
  const { lanes, channels } = board.frame;
  const at = "concatenate";
  const [received, mixed, state] = [embedding, context, top].map((part, lane) =>
    edges(
      board.strip(
        { ...part, at, from: 0.3, to: 0.6, caption: "none", key: `seen${lane}` },
        lanes[lane as 0 | 1 | 2],
        y,
      ),
    ),
  ) as [Edges, Edges, Edges];
  const look = (color: string) => ({ color, at, span: [0, 0.4] }) as const;
  // The word and the state pass at the edges, beside cells and attention.
  const { left, centre } = edges(embedding);
  board.arrow(
    "seeWord",
    [
      [left, centre],
      [channels[0], centre],
      [channels[0], received.centre],
      [received.left - 1, received.centre],
    ],
    look("embedding"),
  );
  board.drop("seeContext", lanes[1], [edges(context).bottom, mixed.top - 1], look("context"));
  const from = edges(top);
  board.arrow(
    "seeState",
    [
      [from.right, from.centre],
      [channels[1], from.centre],
      [channels[1], state.centre],
      [state.right + 1, state.centre],
    ],
    look("decoder"),
  );
  return concatenated(board, y);
}

type Edges = ReturnType<typeof edges>;

/** [C; h], the feed-forward layer, softmax and the word. */
function readout(board: Board, top: StripPart, context: StripPart): Omit<Built, "input"> {
  const { lanes, lane, channels, model, exit } = board.frame;
  const y = context.y + stripHeight + 26;
  const half = board.stripWidth / 2;
  const concatenation = { at: "concatenate", from: 0.4, to: 0.8 } as const;
  const left = board.strip(
    {
      ...concatenation,
      name: "context",
      role: "context",
      tensor: "context",
      key: "joinedContext",
      caption: "left",
    },
    lanes[1] - half,
    y,
  );
  const right = board.strip(
    {
      ...concatenation,
      name: "state",
      role: "decoder",
      tensor: top.tensor,
      key: "joinedState",
      layer: top.layer,
      caption: "none",
    },
    lanes[1] + half,
    y,
  );
  const [goal, from, end] = [edges(left), edges(top), edges(right)];
  board.arrow(
    "joinContext",
    [
      [lanes[1], edges(context).bottom],
      [lanes[1], y - 13],
      [goal.middle, y - 13],
      [goal.middle, y - 2],
    ],
    { color: "context", at: "concatenate" },
  );
  board.arrow(
    "joinState",
    [
      [from.right, from.centre],
      [channels[1], from.centre],
      [channels[1], end.centre],
      [end.right + 1, end.centre],
    ],
    { color: "decoder", at: "concatenate" },
  );

  const box = board.box(
    { name: "feedForward", works: ["feedForward"] },
    {
      x: lanes[1],
      y: y + stripHeight + 16,
      width: Math.max(150, Math.min(170, lane - 18)),
      height: 34,
    },
  );
  board.drop("toLayer", lanes[1], [goal.bottom, box.y], {
    color: "ink-soft",
    at: "feedForward",
    span: [0, 0.3],
  });
  const below = box.y + box.height;
  const vector = board.strip(
    {
      name: "attentional",
      role: "score",
      tensor: "attentional_vector",
      at: "feedForward",
      from: 0.6,
      to: 1,
    },
    lanes[1],
    below + 16,
  );
  board.drop("toVector", lanes[1], [below, vector.y - 2], {
    color: "score",
    at: "feedForward",
    span: [0.4, 0.7],
  });
  const { centre, right: edge } = edges(vector);
  // The way to the next step passes below the caption.
  if (wiringOf(model).inputFeed) {
    board.arrow(
      "nextVector",
      [
        [edge, centre + 5],
        [edge + 5, centre + 15],
        [exit, centre + 15],
      ],
      { color: "score", at: "choose", span: [0.6, 1] },
    );
  }
  board.small.push({
    name: "attentional",
    layer: 0,
    tensor: "attentional_vector",
    role: "score",
    y: centre,
    goesOn: false,
  });
  return softmaxOf(board, vector, 20);
}
