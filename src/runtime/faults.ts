/** @file Errors for a graph that cannot be prepared. Isomorphic. */

import { UserError } from "../tensor/errors.ts";

/** Returns the error to throw when a graph could not be prepared. */
export type FaultOf = (error: unknown, device: string, graph: string) => unknown;

/** Faults of any build: the user can correct what a machine lacks; everything else is a fault of the program. */
export const faultOf: FaultOf = (error, device, graph) => {
  const reason = reasonOf(error);
  if (isOutOfMemory(error)) return outOfMemory(graph, reason);
  if (device === "cpu") return error;
  return new UserError(
    device === "webgpu" && /adapter/i.test(reason)
      ? `The device "${device}" finds no usable graphics card; outside browsers, on Linux, it needs a Vulkan driver and its loader (libvulkan1). Without a device option, the processor is used.`
      : /failed to load|execution ?provider/i.test(reason)
        ? `The device "${device}" is not available on this machine, or its driver and libraries are not installed (${reason}). Without a device option, the processor is used.`
        : `The device "${device}" cannot run the graph ${graph}: ${reason}`,
  );
};

/** Returns the message of any thrown value. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether memory ran out; WebAssembly may then throw only the address of an exception. */
function isOutOfMemory(error: unknown): boolean {
  return (
    typeof error === "number" ||
    error instanceof RangeError ||
    /bad_alloc|out of memory|\bOOM\b|fail\w* to allocate|(?:allocation|enlarge memory\w*) failed|cannot enlarge memory/i.test(
      reasonOf(error),
    )
  );
}

function outOfMemory(graph: string, reason: string): UserError {
  return new UserError(
    `There is not enough memory for the graph ${graph} (${reason}); close other programs and pages, or use a smaller model.`,
  );
}
