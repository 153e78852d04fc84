/** The few globals that Node and browsers share and that the isomorphic core may use. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}
declare namespace performance {
  function now(): number;
}
/** The part of the package that decodes pictures; its own types need Node's. */
declare module "pngjs" {
  class PNG {
    constructor(options: { width: number; height: number });
    readonly data: Uint8Array;
    static readonly sync: {
      read(bytes: Uint8Array): { width: number; height: number; data: Uint8Array };
    };
  }
  const exported: { PNG: typeof PNG };
  export = exported;
}
