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
interface AbortSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}
declare function setTimeout(work: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number | undefined): void;
interface ByteStream {
  pipeThrough(through: DecompressionStream): ByteStream;
  getReader(): {
    read(): Promise<{ done: true; value?: undefined } | { done: false; value: Uint8Array }>;
    cancel(): Promise<void>;
  };
}
declare class Blob {
  constructor(parts: Uint8Array[]);
  stream(): ByteStream;
}
declare class DecompressionStream {
  constructor(format: "deflate" | "gzip");
}
