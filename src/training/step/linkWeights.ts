import type { TokenLinks } from "../../data/corpusLinks.ts";
import type { TensorValue } from "../../tensor/value.ts";

/**
 * The link weights of a batch for `alignmentLoss`: float32 `[target, batch, source]`. Each target token distributes
 * weight 1 evenly over its linked source tokens; tokens without links and the end symbol have none.
 *
 * @param sizes   the sizes of the padded batch.
 * @param lengths the lengths of the sources, which are reversed if `isReversed`.
 */
export function linkWeights(
  links: readonly TokenLinks[],
  lengths: readonly number[],
  sizes: Readonly<Record<string, number>>,
  isReversed: boolean,
): TensorValue {
  const { batch, source, target } = sizes as { batch: number; source: number; target: number };
  const data = new Float32Array(target * batch * source);
  links.forEach((own, row) => {
    const columns = new Map<number, Set<number>>();
    for (let at = 0; at < own.length; at += 2) {
      const [from, to] = [own[at] as number, own[at + 1] as number];
      const read = isReversed ? (lengths[row] as number) - 1 - from : from;
      columns.set(to, (columns.get(to) ?? new Set()).add(read));
    }
    for (const [to, linked] of columns) {
      for (const column of linked) data[(to * batch + row) * source + column] = 1 / linked.size;
    }
  });
  return { dtype: "float32", shape: [target, batch, source], data };
}
