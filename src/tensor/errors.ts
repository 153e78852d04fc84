/**
 * @file Errors that mean "the input is wrong", in contrast to a fault of the program. The command
 * line prints only their message; it prints all other errors with their stack.
 */

/** A mistake that the user can correct: one sentence that names the file, line or option and what to do. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** Incompatible shapes; the message names the operator and every shape. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}

/** A dtype that an operator does not support. */
export class DtypeError extends Error {
  override readonly name: string = "DtypeError";
}
