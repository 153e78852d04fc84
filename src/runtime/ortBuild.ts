import type { InferenceSession, TensorConstructor } from "onnxruntime-common";

/** The parts of a build of ONNX Runtime. */
export interface OrtBuild {
  readonly Tensor: TensorConstructor;
  readonly InferenceSession: {
    create(bytes: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
}
