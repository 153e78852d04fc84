import { readText } from "../data/node/lines.ts";
import { UserError } from "../tensor/errors.ts";

/**
 * Reads a small text file named by an option.
 *
 * @throws UserError naming the option and the file that cannot be read as text.
 */
export async function readOptionFile(option: string, path: string): Promise<string> {
  return readText(path).catch((error: unknown) => {
    throw error instanceof UserError ? new UserError(`${option} ${error.message}`) : error;
  });
}
