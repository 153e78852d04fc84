/**
 * @file The equations of a cell's step, for explanations; `cells.ts` builds the graphs. Vectors are
 * `input`, `state` (the hidden state before the step), `cell` (the cell state before it), `further`, and what the step
 * records by its own names.
 */

import type { Equation, EquationPart, Operand } from "./equation.ts";
import { own, projection, unit } from "./equation.ts";

/** The properties on which a cell's equations depend. */
export interface CellForm {
  readonly hasBias: boolean;
  readonly isResetAfter: boolean;
  readonly clip: number;
  /** The weights of another input, if there is one: see {@link Cell.projectFurther}. */
  readonly further: string | null;
}

/** The computation of one block of columns of a cell's weights. */
interface GateForm {
  readonly letter: string;
  readonly block: number;
  readonly after: "tanh" | "sigmoid";
  /** The state's term and its notation. Default: the product with `weight_hh`. */
  readonly recurrent?: EquationPart;
  readonly written?: string;
  /** The bias of the state's term, with its factors. */
  readonly stateBias?: readonly Operand[];
}

function gateEquation(gate: GateForm, { hasBias, further }: CellForm): Equation {
  const { letter, block, after, written = "{state}·U", stateBias } = gate;
  const recurrent = gate.recurrent ?? projection("state", "weight_hh", { block });
  const own: Operand[] = [{ parameter: "bias", block, letter: "b" }];
  const parts: EquationPart[] = [projection("input", "weight_ih", { block }), recurrent];
  if (further) parts.push(projection("further", further, { block }));
  if (hasBias) parts.push({ biases: stateBias ? [own, stateBias] : [own] });
  const sum = `{input}·W + ${written}${further ? " + {further}·V" : ""}${hasBias ? " + b" : ""}`;
  return { formula: `${letter} = ${after === "tanh" ? "tanh" : "σ"}(${sum})`, parts, after };
}

/** h' = tanh(W x + U h + b). */
export function rnnEquations(form: CellForm): Record<string, Equation> {
  return { hidden_state: gateEquation({ letter: "h", block: 0, after: "tanh" }, form) };
}

/** Gates i, f, g, o; c' = f·c + i·g, h' = o·tanh(c'). */
export function lstmEquations(form: CellForm): Record<string, Equation> {
  const { clip } = form;
  return {
    input_gate: gateEquation({ letter: "i", block: 0, after: "sigmoid" }, form),
    forget_gate: gateEquation({ letter: "f", block: 1, after: "sigmoid" }, form),
    candidate: gateEquation({ letter: "g", block: 2, after: "tanh" }, form),
    output_gate: gateEquation({ letter: "o", block: 3, after: "sigmoid" }, form),
    cell_state: {
      formula: `c = f × c₋₁ + i × g${clip > 0 ? `, −${clip} … ${clip}` : ""}`,
      parts: [
        {
          terms: [
            { role: "kept", factors: [own("forget_gate"), own("cell")] },
            { role: "new", factors: [own("input_gate"), own("candidate")] },
          ],
        },
      ],
      ...(clip > 0 && { after: { within: clip } }),
    },
    hidden_state: {
      formula: "h = o × tanh(c)",
      parts: [
        {
          terms: [
            { factors: [own("output_gate"), { vector: "cell_state", at: "own", apply: "tanh" }] },
          ],
        },
      ],
    },
  };
}

/** Gates r, z, n; h' = z·h + (1 − z)·n. */
export function gruEquations(form: CellForm): Record<string, Equation> {
  const rest: Operand = { vector: "update_gate", at: "own", apply: "oneMinus" };
  return {
    reset_gate: gateEquation(gruGate(form, "r", 0), form),
    update_gate: gateEquation(gruGate(form, "z", 1), form),
    candidate: gateEquation(form.isResetAfter ? candidateAfter(form) : candidateBefore, form),
    hidden_state: {
      formula: "h = z × h₋₁ + (1 − z) × n",
      parts: [
        {
          terms: [
            { role: "kept", factors: [own("update_gate"), own("state")] },
            { role: "new", factors: [rest, own("candidate")] },
          ],
        },
      ],
    },
  };
}

/** The bias of the state's term, which a reset gate after the product needs. */
const stateBias = (block: number): Operand => ({ parameter: "bias_hh", block, letter: "b′" });

function gruGate({ isResetAfter, hasBias }: CellForm, letter: string, block: number): GateForm {
  if (!isResetAfter) {
    const recurrent = projection("state", "weight_hh_gates", { block });
    return { letter, block, after: "sigmoid", recurrent };
  }
  const written = `{state}·U${hasBias ? " + b′" : ""}`;
  return { letter, block, after: "sigmoid", written, stateBias: [stateBias(block)] };
}

const candidateBefore: GateForm = {
  letter: "n",
  block: 2,
  after: "tanh",
  written: "(r×{state})·U",
  recurrent: {
    over: "state",
    factors: [unit("reset_gate"), unit("state"), { parameter: "weight_hh_candidate", row: "unit" }],
  },
};

const candidateAfter = ({ hasBias }: CellForm): GateForm => ({
  letter: "n",
  block: 2,
  after: "tanh",
  written: `r×({state}·U${hasBias ? " + b′" : ""})`,
  recurrent: {
    over: "state",
    factors: [own("reset_gate"), unit("state"), { parameter: "weight_hh", row: "unit", block: 2 }],
  },
  stateBias: [own("reset_gate"), stateBias(2)],
});
