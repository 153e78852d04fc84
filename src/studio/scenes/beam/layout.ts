/** @file Where the nodes of a search tree are. Pure geometry, in CSS pixels. */

import { largestOf } from "../../../tensor/extremes.ts";
import type { BeamColumn, BeamNode } from "./tree.ts";

/** A node and its box. */
export interface PlacedNode {
  readonly node: BeamNode;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
}

/** The places of a tree's parts. */
export interface TreeLayout {
  readonly width: number;
  readonly height: number;
  /** The size of a node's box. */
  readonly box: { readonly width: number; readonly height: number };
  readonly columns: readonly {
    readonly x: number;
    readonly nodes: readonly PlacedNode[];
    /** Where the beam ends: between the last that went on and those below. Null if none is below. */
    readonly border: number | null;
    /** How many candidates are not drawn, and where that is written. */
    readonly hidden: number;
    readonly foot: number;
  }[];
  /** The middle of the start symbol. */
  readonly start: readonly [number, number];
  readonly top: number;
}

/**
 * Lays out a tree, a column for each step, candidates from the best down.
 *
 * @param dropped how many of the candidates that were dropped are drawn in each column.
 */
export function treeLayout(
  columns: readonly BeamColumn[],
  dropped: number,
  width: number,
): TreeLayout {
  const isWide = width >= 620;
  const box = { width: isWide ? 118 : 96, height: 40 };
  const pitch = box.height + 9;
  const left = 70;
  // A short search fills the page; a long one scrolls.
  const across = (width - left - box.width - 6) / Math.max(1, columns.length - 1);
  const step = Math.max(box.width + (isWide ? 46 : 34), Math.min(box.width + 110, across));
  const top = 40;
  const placed = columns.map(({ nodes }, index) => {
    const x = left + index * step;
    let room = dropped;
    const shown = nodes.filter(({ fate }) => fate !== "dropped" || room-- > 0);
    const last = shown.findLastIndex(({ fate }) => fate !== "dropped");
    const gapAfter = last >= 0 && last < shown.length - 1 ? last : null;
    const yOf = (row: number): number =>
      top + row * pitch + (gapAfter !== null && row > gapAfter ? 14 : 0);
    return {
      x,
      nodes: shown.map((node, row) => ({ node, x, y: yOf(row) })),
      border: gapAfter === null ? null : yOf(gapAfter) + box.height + 11,
      hidden: nodes.length - shown.length,
      foot: yOf(shown.length) + 6,
    };
  });
  const end = left + Math.max(0, columns.length - 1) * step + box.width + 6;
  return {
    box,
    columns: placed,
    top,
    width: Math.max(width, end),
    height:
      largestOf(
        placed.map(({ foot }) => foot),
        top + pitch,
      ) + 14,
    start: [26, top + box.height / 2],
  };
}

/** The way from the right edge of one box to the left edge of another, as an SVG path. */
export function edge(
  from: readonly [number, number],
  to: readonly [number, number],
  share = 1,
): string {
  const bend = (to[0] - from[0]) / 2;
  const [x, y] = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  const first = from[0] + bend * share;
  return `M${from[0]} ${from[1]}C${first} ${from[1]} ${x - bend * share} ${y} ${x} ${y}`;
}

/** The node under a point; null if there is none. */
export function nodeAt({ columns, box }: TreeLayout, x: number, y: number): BeamNode | null {
  for (const column of columns) {
    if (x < column.x || x > column.x + box.width) continue;
    const found = column.nodes.find((placed) => y >= placed.y && y <= placed.y + box.height);
    return found?.node ?? null;
  }
  return null;
}

/** The node that an arrow key leads to from another; the same if there is none there. */
export function neighbour({ columns }: TreeLayout, from: BeamNode, key: string): BeamNode {
  const nodes = columns[from.column]?.nodes ?? [];
  const row = nodes.findIndex(({ node }) => node === from);
  if (key === "ArrowUp") return nodes[row - 1]?.node ?? from;
  if (key === "ArrowDown") return nodes[row + 1]?.node ?? from;
  if (key === "ArrowLeft") return from.parent ?? from;
  const after = columns[from.column + 1]?.nodes ?? [];
  return after.find(({ node }) => node.parent === from)?.node ?? from;
}
