import { isOperation } from "../graph/node.ts";
import type { ScanAttributes } from "../graph/operators/loop.ts";
import { scanOperator } from "../graph/operators/scan.ts";
import type { Tensor } from "../graph/tensor.ts";
import { nodesOf } from "../graph/traverse.ts";

/** Formats a graph for people: one line per operation, loops indented, with its place in the model at the end. */
export function printGraph(outputs: Readonly<Record<string, Tensor>>): string {
  const printer = new Printer();
  printer.print(Object.values(outputs), "");
  for (const [name, tensor] of Object.entries(outputs)) {
    printer.lines.push(`output ${name} = ${printer.nameOf(tensor)}: ${tensor}`);
  }
  return printer.lines.join("\n");
}

class Printer {
  readonly lines: string[] = [];
  private readonly names: Map<Tensor, string> = new Map();

  nameOf(tensor: Tensor): string {
    return this.names.get(tensor) ?? "?";
  }

  print(tensors: readonly Tensor[], indent: string): void {
    for (const node of nodesOf(tensors, (tensor) => this.names.has(tensor))) {
      const names = node.outputs.map((output) => {
        const name = `%${this.names.size}`;
        this.names.set(output, name);
        return name;
      });
      const note = node.operator.describe?.(node.attributes) ?? "";
      const inputs = node.inputs.map((input) => this.nameOf(input)).join(", ");
      const types = node.outputs.map(String).join(", ");
      const place = node.scope ? `  # ${node.scope}` : "";
      const call = `${node.operator.name}${note && ` <${note}>`}(${inputs})`;
      this.lines.push(`${indent}${names.join(", ")} = ${call}: ${types}${place}`);
      if (isOperation(node, scanOperator)) this.printBody(node.attributes, `${indent}  `);
    }
  }

  private printBody(loop: ScanAttributes, indent: string): void {
    const { states, slices, nextStates, stacked } = loop;
    for (const [index, tensor] of [...states, ...slices].entries()) {
      const name = `%${this.names.size}`;
      this.names.set(tensor, name);
      const kind = index < states.length ? "state" : "slice";
      this.lines.push(`${indent}${kind} ${name}: ${tensor}`);
    }
    this.print([...nextStates, ...stacked], indent);
    const list = (tensors: readonly Tensor[]) =>
      tensors.map((each) => this.nameOf(each)).join(", ");
    this.lines.push(`${indent}next ${list(nextStates)}`);
    if (stacked.length > 0) this.lines.push(`${indent}stack ${list(stacked)}`);
  }
}
