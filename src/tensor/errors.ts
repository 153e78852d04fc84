/**
 * @file The errors that mean "the input is wrong", as opposed to a fault of the program. The command
 * line prints their message alone; everything else is printed with its stack.
 */

/** A mistake that the user can mend: one sentence that names the file, line or option and what to do. */
export class UserError extends Error {
  override readonly name: string = "UserError";
}

/** Shapes that do not fit together; the message names the operator and every shape. */
export class ShapeError extends Error {
  override readonly name: string = "ShapeError";
}

/** A dtype that an operator cannot take. */
export class DtypeError extends Error {
  override readonly name: string = "DtypeError";
}
