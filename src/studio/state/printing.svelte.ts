/** @file Whether the page is printed now: then all pictures are drawn, and all that is folded is open. */

/** The longest that printing waits for what is loaded and computed, in milliseconds. */
const longest = 20_000;

class Printing {
  isOn: boolean = $state(false);
  /** How wide pictures are laid out on paper, in CSS pixels: as wide as A4 and US Letter have room for. */
  readonly width = 680;

  /**
   * Opens the browser's print dialogue when all is there that is loaded or computed only where it is seen: while
   * something is not, the page has an element with `data-pending`. The browser itself, asked to print by its menu, waits
   * for nothing.
   */
  async print(): Promise<void> {
    this.isOn = true;
    const end = performance.now() + longest;
    do await untilDrawn();
    while (document.querySelector("[data-pending]") && performance.now() < end);
    print();
    this.isOn = false;
  }
}

/** Waits until what has changed is drawn, and has asked for what it needs. */
const untilDrawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

export const printing: Printing = new Printing();
