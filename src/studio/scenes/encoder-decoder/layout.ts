/** @file Where things are when the box opens: encoder above, decoder below. Pure, in CSS pixels. */

import {
  type StripFlow,
  stateLength,
  stripFlow,
  type WordFlow,
  wordFlow,
} from "../../parts/modelBox/flow.ts";
import type { Box } from "../../parts/modelBox/machine.ts";
import { sourceFlow } from "../../parts/modelBox/patchFlow.ts";
import type { PatchShape } from "../../picture/picture.ts";

/** What of a translation the layout depends on. */
export interface OpenBoxShape {
  readonly source: readonly string[];
  /** How the source is cut, where it is a picture. */
  readonly patches?: PatchShape | null;
  readonly target: readonly string[];
  readonly hasAttention: boolean;
  readonly layers: number;
  /** Layers of the encoder, those of two directions counted once. */
  readonly encoderLayers: number;
  /** Of how many parts an encoder state is made. */
  readonly parts: number;
}

/** The places of the picture's parts, before the whole is made larger by `scale`. */
export interface OpenBoxLayout {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly middle: number;
  readonly source: WordFlow;
  readonly target: WordFlow;
  readonly model: Box;
  readonly encoder: Box;
  readonly decoder: Box;
  /** The encoder's states: of each word, or without attention one of each layer. */
  readonly states: StripFlow;
  /** The same states on the decoder's shelf; null without attention. */
  readonly shelf: StripFlow | null;
  /** Where the decoder works: the middles of its parts, and the upper edge of its strips. */
  readonly work: {
    readonly top: number;
    readonly size: number;
    readonly cells: number;
    readonly length: number;
    readonly across: number;
    readonly input: number;
    readonly states: readonly number[];
    readonly context: number;
  };
  /** The way between encoder and decoder. */
  readonly way: { readonly from: number; readonly to: number; readonly x: number };
}

/** Lays out the open box. */
export function openBoxLayout(shape: OpenBoxShape, room: number): OpenBoxLayout {
  const scale = Math.min(1.15, Math.max(1, room / 800));
  const width = room / scale;
  const middle = width / 2;
  const line = Math.min(width - 56, 720);
  const source = sourceFlow(shape.source, shape.patches ?? null, { middle, top: 4, room: line });
  const target = wordFlow(shape.target, { middle, top: 0, room: line });
  const broad = Math.max(source.width + 60, target.width + 60, Math.min(width - 4, 560));
  const modelWidth = Math.min(width - 4, broad);
  const x = middle - modelWidth / 2;
  const inner = { x: x + 10, width: modelWidth - 20 };
  const { hasAttention, parts, layers } = shape;
  const top = source.bottom + 30;

  const encoderTop = top + 34;
  const states = hasAttention
    ? stripFlow(shape.source.length, {
        middle,
        top: encoderTop + 36,
        room: inner.width - 24,
        parts,
        under: source.lines === 1 ? source.places : null,
      })
    : layerStrips(shape.encoderLayers, { middle, top: encoderTop + 36, parts });
  const encoder = { ...inner, y: encoderTop, height: states.bottom + 14 - encoderTop };

  const from = encoder.y + encoder.height;
  const to = from + 68;
  const shelf = hasAttention
    ? stripFlow(shape.source.length, {
        middle,
        top: to + 36,
        room: inner.width - 24,
        parts,
        size: 4.5,
        under: source.lines === 1 ? source.places : null,
      })
    : null;
  const [cells, size] = [8, 8];
  const workTop = (shelf ? shelf.bottom + 24 : to + 36) + 22;
  const length = cells * size;
  const apart = Math.min(120, inner.width / 2 - 56);
  const work = {
    top: workTop,
    cells,
    size,
    length,
    across: 20,
    input: middle - apart,
    states: Array.from(
      { length: layers },
      (_, layer) => middle + (layer - (layers - 1) / 2) * Math.min(30, (2 * apart - 84) / layers),
    ),
    context: middle + apart,
  };
  const decoder = { ...inner, y: to, height: workTop + length + 24 - to };
  const model = { x, y: top, width: modelWidth, height: decoder.y + decoder.height + 10 - top };
  const below = wordFlow(shape.target, {
    middle,
    room: line,
    top: model.y + model.height + 32,
  });
  return {
    width,
    scale,
    middle,
    source,
    target: below,
    model,
    encoder,
    decoder,
    states,
    shelf,
    work,
    way: { from, to, x: middle },
    height: below.bottom + 14,
  };
}

/** A strip for each layer, side by side. */
function layerStrips(
  layers: number,
  { middle, top, parts }: { middle: number; top: number; parts: number },
): StripFlow {
  const [cells, size] = [8, 8];
  const length = stateLength(cells, size, parts);
  return {
    places: Array.from({ length: layers }, (_, layer) => ({
      x: middle + (layer - (layers - 1) / 2) * 30,
      y: top,
    })),
    across: 20,
    size,
    cells,
    length,
    top,
    bottom: top + length,
  };
}
