/** @file How large a picture is drawn where it is the whole page, so that it fills the window and fits into it. */

/** Heights in CSS pixels, of the picture as it is laid out before it is enlarged. */
export interface Heights {
  /** From its upper edge to the end of its first drawing. */
  readonly drawing: number;
  /** Of all of it, with legends and whatever follows. */
  readonly whole: number;
}

/** Smaller, letters could not be read; larger, nothing more would be seen. */
export const scaleBounds = { least: 0.4, most: 2.5 } as const;

/** How much smaller a picture may become so that all of it fits, instead of its first drawing alone. */
const worthwhile = 0.8;

/**
 * The scale at which a picture fits into the height that there is for it.
 *
 * @param room the height that there is, in CSS pixels of the window.
 */
export function fittingScale({ drawing, whole }: Heights, room: number): number {
  if (drawing <= 0 || whole <= 0) return 1;
  const [ofDrawing, ofWhole] = [room / drawing, room / Math.max(whole, drawing)];
  // A picture grows as long as all of it fits: what follows the drawing is not driven out of sight.
  const wanted =
    ofWhole >= worthwhile * ofDrawing ? ofWhole : Math.max(ofWhole, Math.min(1, ofDrawing));
  return Math.min(scaleBounds.most, Math.max(scaleBounds.least, wanted));
}
