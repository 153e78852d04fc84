/** @file How large a picture is drawn where it is the whole page, so that it fills the window and fits into it. */

/** Heights in CSS pixels, of the picture as it is laid out before it is enlarged. */
export interface Heights {
  /** From its upper edge to the end of its first drawing. */
  readonly drawing: number;
  /** Of all of it, with legends and whatever follows. */
  readonly whole: number;
}

/** The smallest letters that can be read on a screen, in CSS pixels. */
export const leastLetters = 9;

/** Larger, nothing more of a picture would be seen. */
const mostScale = 2.5;

/** The size of letters of the class `svg-fine` (`style.css`), and whether they can be read at a scale. */
export const isFineRead = (scale: number): boolean => 9.5 * scale >= leastLetters;

/** How much smaller a picture may become so that all of it fits, instead of its first drawing alone. */
const worthwhile = 0.8;

/**
 * The scale at which a drawing that is wider than its place fits into it; infinite if it does not with letters that can be
 * read: then it scrolls in its place, as large as it is.
 *
 * @param across the width of the drawing, and `width` that of its place, in CSS pixels.
 */
export function scaleAcross(across: number, width: number, letters: number): number {
  const scale = width / across;
  return scale >= Math.min(1, leastLetters / letters) ? scale : Number.POSITIVE_INFINITY;
}

/**
 * The scale at which a picture fits into the height that there is for it, unless its letters would be too small then:
 * of such a picture a part is seen, and the window scrolls.
 *
 * @param room the height that there is, in CSS pixels of the window.
 * @param letters the size of the picture's smallest letters before it is enlarged, in CSS pixels.
 */
export function fittingScale({ drawing, whole }: Heights, room: number, letters: number): number {
  if (drawing <= 0 || whole <= 0) return 1;
  const [ofDrawing, ofWhole] = [room / drawing, room / Math.max(whole, drawing)];
  // A picture grows as long as all of it fits: what follows the drawing is not driven out of sight.
  const wanted =
    ofWhole >= worthwhile * ofDrawing ? ofWhole : Math.max(ofWhole, Math.min(1, ofDrawing));
  return Math.min(mostScale, Math.max(Math.min(1, leastLetters / letters), wanted));
}
