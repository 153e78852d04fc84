import { forbidden } from "../models/constraints.ts";
import type { NamedValues } from "../runtime/runtime.ts";
import { endId, paddingId, startId, unknownId } from "../tensor/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import { tensorValue } from "../tensor/value.ts";

/** int32 `[batch, 1, source]` from the ids `[source, batch]`: 1 for tokens, 0 for padding. */
export function sourceMask({ shape, data }: TensorValue): TensorValue {
  const [time, batch] = shape as [number, number];
  const mask = new Int32Array(batch * time);
  for (let row = 0; row < batch; row++) {
    for (let at = 0; at < time; at++) mask[row * time + at] = data[at * batch + row] === 0 ? 0 : 1;
  }
  return { dtype: "int32", shape: [batch, 1, time], data: mask };
}

/** Values to add to log-probabilities: −10⁹ for padding, start and other unwanted tokens. */
export function forbiddenValue(
  { targetVocabulary }: { readonly targetVocabulary: number },
  { unknown, end }: { readonly unknown: boolean; readonly end: boolean },
): TensorValue {
  const value = tensorValue("float32", [targetVocabulary], 0);
  const ids = [paddingId, startId, ...(unknown ? [unknownId] : []), ...(end ? [endId] : [])];
  for (const id of ids) value.data[id] = forbidden;
  return value;
}

/** The number of tokens that can be forbidden for all hypotheses. */
export const mostForbidden = 4;

/** Selects rows of values whose first axis is the batch. */
export function keepRows(values: NamedValues, rows: readonly number[]): NamedValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, rowsOf(value, rows)]),
  );
}

function rowsOf({ dtype, shape, data }: TensorValue, rows: readonly number[]): TensorValue {
  const [, ...rest] = shape as [number, ...number[]];
  const kept = tensorValue(dtype, [rows.length, ...rest], 0);
  const size = rest.reduce((product, each) => product * each, 1);
  rows.forEach((row, index) => {
    kept.data.set(data.subarray(row * size, (row + 1) * size) as never, index * size);
  });
  return kept;
}
