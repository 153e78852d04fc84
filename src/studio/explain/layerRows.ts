/** @file What the encoder's layers hand on, as vectors that know where they come from. */

import type { EncoderLayer } from "../../models/wiring.ts";
import { wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";
import { placed } from "./explanation.ts";
import { meanOfPlaces } from "./features.ts";
import type { Row } from "./rows.ts";
import { concatenatedOrOne, rowOf } from "./rows.ts";

/** The token that a cell reads last: the one at which it knows the whole sentence. */
export function lastPosition(trace: Trace, name: string): number {
  const { order } = trace.encoder;
  return (name.endsWith(".backward") ? order[0] : order.at(-1)) as number;
}

/** What a layer hands to the one above: its output, or those of both directions. */
export function layerOutput(trace: Trace, layer: number, position: number, symbol: string): Row {
  const { cells } = wiringOf(trace.model).encoder[layer] as EncoderLayer;
  const rows = cells.map(({ output }) =>
    rowOf(trace, { side: "encoder", tensor: output, step: position }, symbol),
  );
  return concatenatedOrOne(rows, symbol);
}

/** A state of some cells after their last steps, one behind the other; without an encoder, the mean of all places. */
export function lastStates(
  trace: Trace,
  cells: readonly string[],
  state: string,
  symbol: string,
): Row {
  if (cells.length === 0) return meanOfPlaces(trace);
  const rows = cells.map((name) =>
    rowOf(
      trace,
      { side: "encoder", tensor: `${name}.${state}`, step: lastPosition(trace, name) },
      symbol,
    ),
  );
  return concatenatedOrOne(rows, symbol);
}

/** Where a number of a layer's output stands: in which direction's state, and at which place. */
export function stateLabel(row: Row, index: number): string {
  const source = row.pickAt(index);
  const arrow = source ? arrowOf(source.tensor) : "";
  return placed(`${arrow}${row.symbol}`, source?.index ?? index);
}

/** The arrow of a direction's cell or tensor; nothing where there is but one direction. */
export function arrowOf(name: string): "→" | "←" | "" {
  if (/\.forward\b/.test(name)) return "→";
  return /\.backward\b/.test(name) ? "←" : "";
}
