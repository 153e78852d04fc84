/** @file Where things are in the picture of one step of a recurrent cell. Pure geometry, in CSS pixels. */

import type { CellKind } from "../../../nn/cells.ts";
import { cellLetters } from "../../../nn/cells.ts";

/** The vectors of the picture; `hiddenCopy` is the state before, once more inside a GRU. */
export type StripName =
  | "hiddenBefore"
  | "cellBefore"
  | "forget_gate"
  | "input_gate"
  | "reset_gate"
  | "update_gate"
  | "hiddenCopy"
  | "candidate"
  | "cell_state"
  | "output_gate"
  | "hidden_state";

/** A strip, and what stands between it and the next one. */
interface Item {
  readonly strip: StripName;
  /** The signs between, one below the other. */
  readonly signs?: readonly string[];
  /** The signs if the reset gate acts on the product. */
  readonly signsIfAfter?: readonly string[];
  /** How much room they need, in units that all gaps share. */
  readonly gap?: number;
}

/** How the inside of a kind of cell is drawn. */
interface CellDrawing {
  /** The cell as an equation, from left to right; what is first and last is outside the box. */
  readonly items: readonly Item[];
  /** The last strip outside the box, before it. */
  readonly outside: StripName;
  /** What the marked row goes through: from a strip to another, an equation each. */
  readonly bands: readonly (readonly [StripName, StripName])[];
  /** The vector that goes on inside the box: the gated state to the candidate, or the cell state to the next step. */
  readonly passing: "gatedState" | "cellState";
}

/** The drawings by kind; null if nothing is inside but a sum and its tanh, which is written into the box. */
const drawings: Readonly<Record<CellKind, CellDrawing | null>> = {
  lstm: {
    items: [
      { strip: "hiddenBefore", gap: 0.9 },
      { strip: "cellBefore", signs: ["×"], gap: 1.8 },
      { strip: "forget_gate", signs: ["+"], gap: 1 },
      { strip: "input_gate", signs: ["×"], gap: 1 },
      { strip: "candidate", signs: ["="], gap: 1 },
      { strip: "cell_state", signs: ["tanh", "×"], gap: 1.9 },
      { strip: "output_gate", signs: ["="], gap: 1.8 },
      { strip: "hidden_state" },
    ],
    outside: "cellBefore",
    bands: [["cellBefore", "hidden_state"]],
    passing: "cellState",
  },
  gru: {
    items: [
      { strip: "hiddenBefore", signs: ["×"], signsIfAfter: ["·U", "×"], gap: 1.8 },
      { strip: "reset_gate", gap: 1.5 },
      { strip: "update_gate", signs: ["×"], gap: 1 },
      { strip: "hiddenCopy", signs: ["+", "(1−z)", "×"], gap: 1.7 },
      { strip: "candidate", signs: ["="], gap: 1.8 },
      { strip: "hidden_state" },
    ],
    outside: "hiddenBefore",
    bands: [
      ["hiddenBefore", "reset_gate"],
      ["update_gate", "hidden_state"],
    ],
    passing: "gatedState",
  },
  rnn: null,
};

/** Whether there is more inside a kind of cell than a sum and its tanh. */
export function hasInside(kind: CellKind): boolean {
  return drawings[kind] !== null;
}

/** Whether a kind of cell has a reset gate, which acts before or after the product. */
export function hasResetGate(kind: CellKind): boolean {
  return drawings[kind]?.items.some(({ strip }) => strip === "reset_gate") ?? false;
}

/** The vectors that a step of a cell computes, in the order of its picture. */
export function computedVectors(kind: CellKind): readonly StripName[] {
  const made = Object.keys(cellLetters(kind));
  const drawn = drawings[kind]?.items.map(({ strip }) => strip) ?? ["hidden_state" as const];
  return drawn.filter((strip) => made.includes(strip));
}

/** What is computed from input and state: it has σ or tanh below it. */
const squashed: Partial<Record<StripName, "σ" | "tanh">> = {
  forget_gate: "σ",
  input_gate: "σ",
  output_gate: "σ",
  reset_gate: "σ",
  update_gate: "σ",
  candidate: "tanh",
};

/** The places of the picture's parts. */
export interface RecurrentStepLayout {
  readonly width: number;
  readonly height: number;
  /** Whether there is room for names above the strips, and for numbers in their cells. */
  readonly isNamed: boolean;
  readonly isWritten: boolean;
  readonly cells: number;
  /** The size of a cell along its strip, and of a strip across. */
  readonly cell: number;
  readonly across: number;
  /** The middle of each strip that is shown. */
  readonly strips: Partial<Record<StripName, number>>;
  readonly signs: readonly { readonly x: number; readonly lines: readonly string[] }[];
  readonly squashes: readonly {
    readonly x: number;
    readonly strip: StripName;
    readonly name: string;
  }[];
  /** The vector that goes on inside the box; null if the inside is not drawn. */
  readonly passing: CellDrawing["passing"] | null;
  /** What the marked row goes through: an equation each. */
  readonly bands: readonly (readonly [number, number])[];
  readonly box: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** The middle of the input, and the size of its cells along the strip. */
  readonly input: { readonly x: number; readonly cell: number };
  /** Where what goes on to the next step ends. */
  readonly end: number;
  readonly rows: {
    readonly counter: number;
    readonly output: number;
    readonly names: number;
    readonly strips: number;
    readonly stripsEnd: number;
    readonly squashes: number;
    /** Where r × h goes to a GRU's candidate. */
    readonly gated: number;
    readonly bus: number;
    readonly input: number;
    readonly token: number;
  };
}

/** The cell whose step is shown. */
export interface ShownCell {
  readonly kind: CellKind;
  /** How many numbers its states have. */
  readonly size: number;
  /** Whether a GRU's reset gate acts on the product of the state with its weights. */
  readonly isResetAfter?: boolean;
}

/** Lays out a step of a cell, opened or closed. */
export function recurrentStepLayout(
  { kind, size, isResetAfter = false }: ShownCell,
  wantsOpen: boolean,
  width: number,
): RecurrentStepLayout {
  const drawing = wantsOpen ? drawings[kind] : null;
  const isOpen = drawing !== null;
  const isWritten = width >= 740;
  const across = isWritten ? 42 : width < 340 ? 16 : 20;
  const cells = Math.min(8, size);
  const cell = isWritten ? 20 : 16;
  const indices = 6 + 6 * String(size - 1).length;
  const arrow = isWritten ? 58 : 14;
  const items: readonly Item[] = drawing?.items ?? [
    { strip: "hiddenBefore", gap: isWritten ? 7 : 9 },
    { strip: "hidden_state" },
  ];
  const units = items.reduce((sum, { gap = 0 }) => sum + gap, 0);
  const free = width - indices - arrow - items.length * across;
  const unit = Math.min(44, free / units);
  const used = indices + arrow + items.length * across + units * unit;
  let at = (width - used) / 2 + indices;
  const strips: Partial<Record<StripName, number>> = {};
  const signs: { x: number; lines: readonly string[] }[] = [];
  for (const { strip, signs: before, signsIfAfter = before, gap = 0 } of items) {
    strips[strip] = at + across / 2;
    const lines = isResetAfter ? signsIfAfter : before;
    if (lines) signs.push({ x: at + across + (gap * unit) / 2, lines });
    at += across + gap * unit;
  }
  const middleOf = (strip: StripName): number => strips[strip] as number;
  const outside = drawing?.outside ?? "hiddenBefore";
  // The border is nearer to the strip outside than the sign, which is inside.
  const margin = isOpen ? Math.min(16, 0.42 * unit) : unit * (isWritten ? 1.4 : 2);
  const [left, right] = [
    middleOf(outside) + across / 2 + margin,
    middleOf("hidden_state") - across / 2 - margin,
  ];
  const shift = isOpen ? Math.min(8, unit * 0.25) : 0;
  // Signs beside a border stand in the middle of what is left of their gap.
  const moved = signs.map((sign, index) => {
    const isFirst = index === 0;
    const isLast = index === signs.length - 1;
    return { ...sign, x: sign.x + (isFirst ? shift : isLast ? -shift : 0) };
  });
  const isNamed = isWritten && (!isOpen || across + unit >= 74);
  const names = 78;
  const stripsTop = names + (isNamed ? 38 : 10);
  const stripsEnd = stripsTop + cells * cell;
  const squashes = stripsEnd + 25;
  const gated = squashes + 27;
  const bus = isOpen ? gated + 15 : stripsEnd + 8;
  const bottom = isOpen ? bus + 32 : bus;
  const input = bottom + 30;
  const half = across / 2 + 3;
  return {
    end: Math.min(width - 2, middleOf("hidden_state") + across / 2 + 120),
    passing: drawing?.passing ?? null,
    bands: (drawing?.bands ?? []).map(([from, to]) => [middleOf(from) - half, middleOf(to) + half]),
    width,
    isNamed,
    isWritten,
    cells,
    cell,
    across,
    strips,
    signs: moved,
    squashes: items
      .filter(({ strip }) => squashed[strip])
      .map(({ strip }) => ({ strip, x: middleOf(strip), name: squashed[strip] as string })),
    box: { left, right, top: isOpen ? names - 22 : stripsTop - 8, bottom },
    input: { x: (left + right) / 2, cell: isWritten ? 38 : 20 },
    rows: {
      counter: 14,
      output: 34,
      names,
      strips: stripsTop,
      stripsEnd,
      squashes,
      gated,
      bus,
      input,
      token: input + 22 + 24,
    },
    height: input + 22 + 24 + 18,
  };
}
