/**
 * Pairs the elements of two lists of equal length.
 *
 * @throws RangeError if one of the lists is longer.
 */
export function zip<Left, Right>(left: readonly Left[], right: readonly Right[]): [Left, Right][] {
  if (left.length !== right.length) {
    throw new RangeError(`zip: ${left.length} elements beside ${right.length}.`);
  }
  return left.map((value, index) => [value, right[index] as Right]);
}
