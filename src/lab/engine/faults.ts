import { OptionError } from "../../options/optionError.ts";
import { UserError } from "../../tensor/errors.ts";
import { Divergence } from "../../training/storage/divergence.ts";
import type { LabFault } from "../labFault.ts";
import { LabError, optionFaultsOf } from "../labFault.ts";
import { EndOfRun } from "./gate.ts";

/** What went wrong, in the form in which it is sent. */
export function labFaultOf(error: unknown): LabFault {
  if (error instanceof LabError) return error.fault;
  if (error instanceof EndOfRun) return { kind: "ended" };
  if (error instanceof Divergence) {
    return { kind: "diverged", what: error.what, step: error.step };
  }
  if (error instanceof OptionError) return { kind: "options", faults: optionFaultsOf(error) };
  if (error instanceof UserError) return { kind: "library", sentence: error.message };
  return { kind: "program", reason: error instanceof Error ? error.message : String(error) };
}
