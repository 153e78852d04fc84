/** What the script for the moving picture uses of gifenc, which has no types of its own. */
declare module "gifenc" {
  namespace gifenc {
    type Palette = number[][];
    interface Encoder {
      /** @param index the palette's entry of each pixel. */
      writeFrame(
        index: Uint8Array,
        width: number,
        height: number,
        options?: {
          readonly palette?: Palette;
          /** Milliseconds. */
          readonly delay?: number;
          readonly transparent?: boolean;
          readonly transparentIndex?: number;
          /** 1: the next frame is drawn over this one. */
          readonly dispose?: number;
        },
      ): void;
      finish(): void;
      bytes(): Uint8Array;
    }
  }
  const gifenc: {
    GIFEncoder(): gifenc.Encoder;
    quantize(rgba: Uint8Array, maxColors: number): gifenc.Palette;
    applyPalette(rgba: Uint8Array, palette: gifenc.Palette): Uint8Array;
  };
  export = gifenc;
}
