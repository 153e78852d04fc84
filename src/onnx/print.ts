import type { LoopBody } from "../graph/operators/loopBody.ts";
import { bodyOf } from "../graph/operators/loopBody.ts";
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
      const body = bodyOf(node);
      if (body) this.printBody(body, `${indent}  `);
    }
  }

  private printBody({ placeholders, results, roles }: LoopBody, indent: string): void {
    for (const [index, tensor] of placeholders.entries()) {
      const name = `%${this.names.size}`;
      this.names.set(tensor, name);
      this.lines.push(`${indent}${roles.placeholders[index]} ${name}: ${tensor}`);
    }
    this.print(results, indent);
    for (const role of new Set(roles.results)) {
      const names = results.filter((_, index) => roles.results[index] === role);
      this.lines.push(`${indent}${role} ${names.map((each) => this.nameOf(each)).join(", ")}`);
    }
  }
}
