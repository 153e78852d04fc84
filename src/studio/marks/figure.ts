/** @file What a figure and the drawings inside it know of each other. */

import { getContext, setContext } from "svelte";

/** The drawing that a figure exports, as the last one that announced itself. */
export interface FigureContext {
  announce(drawing: SVGSVGElement): () => void;
}

const key = Symbol("figure");

export function provideFigure(figure: FigureContext): void {
  setContext(key, figure);
}

export function figureContext(): FigureContext | undefined {
  return getContext<FigureContext | undefined>(key);
}
