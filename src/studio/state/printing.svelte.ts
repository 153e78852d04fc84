/** @file Whether the page is printed now: then all pictures are drawn, and all that is folded is open. */

class Printing {
  isOn: boolean = $state(false);
  /** How wide pictures are laid out on paper, in CSS pixels: as wide as A4 and US Letter have room for. */
  readonly width = 680;
}

export const printing: Printing = new Printing();
