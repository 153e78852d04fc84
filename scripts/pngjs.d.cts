/** The part of the package pngjs that decodes pictures; its own types need Node's. */
declare class PNG {
  constructor(options: { width: number; height: number });
  readonly data: Uint8Array;
  static readonly sync: {
    read(bytes: Uint8Array): { width: number; height: number; data: Uint8Array };
  };
}
declare const exported: { readonly PNG: typeof PNG };

export = exported;
