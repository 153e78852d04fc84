/** @file The decoder step of tensorflow/nmt's gnmt and gnmt_v2: attention between the bottom layer and the others. */

import type { DecoderLayer } from "../../../models/wiring.ts";
import { contextOf, wiringOf } from "../../../models/wiring.ts";
import { feedBack, wordIn } from "./luong.ts";
import type { Board, BoxPart } from "./parts.ts";
import { edges } from "./parts.ts";
import { attention, type Built, softmaxOfTop } from "./shared.ts";
import { rail, stack } from "./stack.ts";

/** The bottom layer, attention with its new state, then the layers above with a context. */
export function betweenStep(board: Board): Built {
  const { model, lanes, channels, exit } = board.frame;
  const input = { x: lanes[1], y: 52 };
  const under = edges(wordIn(board)).bottom;
  const bottomLayer = stack(board, [0, 1], 138, { under });
  const fed = feedBack(board, bottomLayer.boxes[0] as BoxPart, "context");
  const context = attention(board, bottomLayer.bottom + 26, bottomLayer.top, "right");
  const { bottom, centre, right } = edges(context);
  // The way to the next step passes below the caption.
  const next = [
    [right, centre + 5],
    [right + 5, centre + 17],
    [exit, centre + 17],
  ] as const;
  board.arrow("nextContext", next, { color: "context", at: "choose", span: [0.6, 1] });
  if (model.layers === 1) return { ...softmaxOfTop(board, bottomLayer.top, bottom), input };
  const upper = stack(board, [1, model.layers], bottom + 44);
  // The bottom layer's state goes past attention at the right.
  const { boxes } = upper;
  const first = boxes[0] as BoxPart;
  const state = edges(bottomLayer.top);
  const entry = first.x + first.width * 0.75;
  board.arrow(
    "past",
    [
      [state.right, state.centre],
      [channels[1], state.centre],
      [channels[1], first.y - 12],
      [entry, first.y - 12],
      [entry, first.y],
    ],
    { color: "decoder", at: "upper", span: [0, 0.4] },
  );
  if (contextOf(wiringOf(model).decoder[1] as DecoderLayer)?.time === "current") {
    board.drop("contextUp", lanes[1], [bottom, first.y], {
      color: "context",
      at: "upper",
      span: [0, 0.4],
    });
    rail(board, "contextUp", [[lanes[1], first.y - 6]], boxes.slice(1));
  } else {
    const before = edges(fed);
    const from = [
      [before.left, before.centre],
      [channels[0], before.centre],
      [channels[0], first.y - 6],
    ] as const;
    rail(board, "contextUp", from, boxes);
  }
  return { ...softmaxOfTop(board, upper.top, upper.bottom), input };
}
