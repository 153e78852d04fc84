import { describe, expect, test } from "vitest";
import type { TracedOptions, TracedSearchStep } from "../../../trace/trace.ts";
import { neighbour, nodeAt, treeLayout } from "./layout.ts";
import { dropReason, greedyLoss, leafOf, pathTo, searchTree } from "./tree.ts";

const candidate = (
  [parent, id]: readonly [number, number],
  logProbability: number,
  sum: number,
  fate: "running" | "finished" | "dropped",
) => ({ parent, id, token: `t${id}`, logProbability, sum, fate });

/** A beam of 2; the third step ends "5 7" and "4 6". */
const search: TracedSearchStep[] = [
  {
    length: 0,
    isDone: false,
    candidates: [
      candidate([0, 4], -0.4, -0.4, "running"),
      candidate([0, 5], -1.5, -1.5, "running"),
      candidate([0, 6], -3, -3, "dropped"),
    ],
  },
  {
    length: 1,
    isDone: false,
    candidates: [
      candidate([1, 7], -0.1, -1.6, "running"),
      candidate([0, 8], -1.5, -1.9, "running"),
      candidate([0, 6], -1.6, -2, "dropped"),
      candidate([1, 3], -4, -5.5, "dropped"),
    ],
  },
  {
    length: 2,
    isDone: true,
    candidates: [
      candidate([0, 3], -0.2, -1.8, "finished"),
      candidate([0, 9], -2, -3.6, "running"),
      candidate([0, 4], -2.2, -3.8, "running"),
      candidate([1, 9], -2.3, -4.2, "dropped"),
    ],
  },
];
const columns = searchTree(search);
const options = { maxLength: 10 } as TracedOptions;

describe("the tree", () => {
  test("finds the way of a hypothesis", () => {
    const leaf = leafOf({ ids: [5, 7], finished: true }, columns);
    expect(leaf?.sum).toBe(-1.8);
    expect(leaf && pathTo(leaf).map(({ id, rank }) => [id, rank])).toEqual([
      [5, 1],
      [7, 0],
      [3, 0],
    ]);
    expect(leafOf({ ids: [4, 6], finished: true }, columns)).toBeNull();
  });

  test("knows what came to nothing", () => {
    const dead = columns.flatMap(({ nodes }) => nodes.filter(({ isDeadEnd }) => isDeadEnd));
    expect(dead.map(({ id }) => id)).toEqual([8]);
  });

  test("tells why something was dropped", () => {
    const [, second] = columns;
    expect(second?.nodes.slice(2).map((node) => dropReason(node, options))).toEqual([
      "beamFull",
      "endTooLate",
    ]);
  });

  test("tells where greedy search goes another way", () => {
    const leaf = leafOf({ ids: [5, 7], finished: true }, columns);
    const loss = leaf && greedyLoss(pathTo(leaf), columns);
    expect([loss?.node.id, loss?.instead.id]).toEqual([5, 4]);
    const best = columns[1]?.nodes[1];
    expect(best && greedyLoss(pathTo(best), columns)).toBeNull();
  });
});

describe("its layout", () => {
  const layout = treeLayout(columns, 1, 900);

  test("draws those that were dropped below the others, and counts the rest", () => {
    expect(layout.columns.map(({ nodes, hidden }) => [nodes.length, hidden])).toEqual([
      [3, 0],
      [3, 1],
      [4, 0],
    ]);
    for (const { nodes, border } of layout.columns) {
      const [last] = nodes.slice(-1);
      expect(last?.node.fate).toBe("dropped");
      expect(border).toBeLessThan(last?.y ?? 0);
    }
  });

  test("finds nodes under the pointer and by arrow keys", () => {
    const root = columns[0]?.nodes[1];
    if (!root) throw new Error("no node");
    const child = neighbour(layout, root, "ArrowRight");
    expect(child.id).toBe(7);
    expect(neighbour(layout, child, "ArrowLeft")).toBe(root);
    expect(neighbour(layout, root, "ArrowUp").id).toBe(4);
    expect(neighbour(layout, root, "ArrowLeft")).toBe(root);
    const placed = layout.columns[1]?.nodes[0];
    expect(nodeAt(layout, (placed?.x ?? 0) + 5, (placed?.y ?? 0) + 5)).toBe(child);
    expect(nodeAt(layout, 5, 5)).toBeNull();
  });

  test("of a long search is wider than the page", () => {
    const long = Array.from({ length: 40 }, () => ({ nodes: [], parents: 1, isDone: false }));
    expect(treeLayout(long, 3, 1000).width).toBeGreaterThan(5000);
    expect(treeLayout(long.slice(0, 1), 3, 300).width).toBe(300);
  });
});
