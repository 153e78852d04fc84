import type { Trace } from "../../trace/trace.ts";
import { spelled } from "../text/spelling.ts";

/** A source token by its position, as it is shown. */
export function tokenAt({ source }: Trace, position: number): string {
  return spelled(source.tokens[position] ?? "");
}
