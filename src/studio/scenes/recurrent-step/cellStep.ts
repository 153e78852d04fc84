/** @file What one step of an encoder's cell shows: which token it reads, and every vector on the way. */

import type { EncoderCell } from "../../../models/wiring.ts";
import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { CellSite } from "../../explain/cells.ts";
import { cellLetter } from "../../explain/cells.ts";
import { encoderSite, positionBefore } from "../../explain/encoder.ts";
import { domainOf } from "../../scale/domain.ts";
import type { StripName } from "./layout.ts";

/** A vector of the picture. */
export interface StripSource {
  readonly values: ArrayLike<number>;
  readonly tensor: string;
  /** The row of the tensor; −1 before the first step. */
  readonly step: number;
  readonly domain: number;
  /** Such as `h₂`. */
  readonly symbol: string;
  /** Which hidden state it is, counted from the zero before the first step; none for gates. */
  readonly number: number | null;
}

/** A step of one of the encoder's cells. */
export interface EncoderCellStep {
  readonly site: CellSite;
  /** The position of the token that is read. */
  readonly position: number;
  /** Which step it is of the cell's own, from 1. */
  readonly at: number;
  readonly input: StripSource;
  readonly strip: (name: StripName) => StripSource;
}

/** A symbol at a time, such as `h₂`. */
function atTime(symbol: string, time: number): string {
  const digits = Array.from(String(time), (digit) => String.fromCharCode(0x2080 + Number(digit)));
  return `${symbol}${digits.join("")}`;
}

/** The position that a cell reads at a step of the clock: the backward ones begin at the other end. */
export function positionRead(trace: Trace, name: string, step: number): number {
  const { order } = trace.encoder;
  return order[name.endsWith(".backward") ? order.length - 1 - step : step] ?? 0;
}

/** The clock's step at which a cell reads a position. */
export function stepThatReads(trace: Trace, name: string, position: number): number {
  const { order } = trace.encoder;
  const step = order.indexOf(position);
  return name.endsWith(".backward") ? order.length - 1 - step : step;
}

/** What a cell of a layer does at a step, from 0. */
export function encoderCellStep(
  trace: Trace,
  layer: number,
  name: string,
  step: number,
): EncoderCellStep {
  const position = positionRead(trace, name, step);
  const site = encoderSite(trace, name, layer, position);
  const at = step + 1;
  const domain = (tensor: string): number => domainOf(trace, "encoder", tensor);
  const before = positionBefore(trace, name, position) ?? -1;
  const state = (values: ArrayLike<number>, each: string, isBefore: boolean): StripSource => {
    const tensor = `${name}.${each}`;
    const number = isBefore ? at - 1 : at;
    const symbol = atTime(cellLetter(site.kind, each), number);
    const row = isBefore ? before : position;
    return { values, tensor, step: row, domain: domain(tensor), symbol, number };
  };
  const made = (each: string): StripSource => {
    const { values } = site.vector(each).row;
    if (each.endsWith("state")) return state(values, each, false);
    const tensor = `${name}.${each}`;
    const symbol = cellLetter(site.kind, each);
    return { values, tensor, step: position, domain: domain(tensor), symbol, number: null };
  };
  const cells = wiringOf(trace.model).encoder[layer]?.cells ?? [];
  const { inputs } = cells.find((cell) => cell.name === name) as EncoderCell;
  const below = inputs[0] as string;
  const input: StripSource = {
    values: site.vector("input").row.values,
    tensor: inputs.length > 1 ? `joined.${layer - 1}` : below,
    step: position,
    number: at,
    domain: domain(below),
    symbol: atTime("x", at),
  };
  return {
    site,
    position,
    at,
    input,
    strip: (strip) => {
      if (strip === "cellBefore") return state(site.vector("cell").row.values, "cell_state", true);
      const isBefore = strip === "hiddenBefore" || strip === "hiddenCopy";
      return isBefore ? state(site.vector("state").row.values, "hidden_state", true) : made(strip);
    },
  };
}
