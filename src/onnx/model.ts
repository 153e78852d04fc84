/** @file The parts of an ONNX model as protobuf messages. */

import { create, toBinary } from "@bufbuild/protobuf";
import type { AttributeProto, GraphProto, NodeProto, TensorProto, ValueInfoProto } from "onnx-buf";
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from "onnx-buf";
import type { Shape } from "../graph/shape.ts";
import type { AttributeValue, NodeAttributes } from "../graph/tensor.ts";
import type { Dtype, TensorData } from "../tensor/dtype.ts";

export type { GraphProto, NodeProto, TensorProto, ValueInfoProto };

/** The numbers of the element types in TensorProto.DataType. */
export const onnxDtype: Readonly<Record<Dtype, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

/** The versions of ONNX that a file needs. */
export interface OnnxVersions {
  /** Of the file's format. */
  readonly ir: number;
  /** Of the default operator set. */
  readonly operatorSet: number;
}

/** The versions of graphs that only the runtime of this package reads. */
export const currentVersions: OnnxVersions = { ir: 8, operatorSet: 17 };

/** Returns a tensor with its values, row-major. */
export function tensorProto(
  name: string,
  dtype: Dtype,
  shape: readonly number[],
  data: TensorData,
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: onnxDtype[dtype],
    dims: shape.map(BigInt),
    rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  });
}

/** Returns the declaration of an input or an output. */
export function valueInfo(name: string, dtype: Dtype, shape: Shape): ValueInfoProto {
  const dim = shape.map((dimension) => ({
    value:
      typeof dimension === "number"
        ? { case: "dimValue" as const, value: BigInt(dimension) }
        : { case: "dimParam" as const, value: dimension },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: { case: "tensorType", value: { elemType: onnxDtype[dtype], shape: { dim } } },
    },
  });
}

function attributeProto(name: string, value: AttributeValue): AttributeProto {
  if ("int" in value) {
    const type = AttributeProto_AttributeType.INT;
    return create(AttributeProtoSchema, { name, type, i: BigInt(value.int) });
  }
  if ("float" in value) {
    const type = AttributeProto_AttributeType.FLOAT;
    return create(AttributeProtoSchema, { name, type, f: value.float });
  }
  if ("dtype" in value) {
    return attributeProto(name, { int: onnxDtype[value.dtype] });
  }
  if ("text" in value) {
    const type = AttributeProto_AttributeType.STRING;
    return create(AttributeProtoSchema, { name, type, s: new TextEncoder().encode(value.text) });
  }
  if ("ints" in value) {
    const type = AttributeProto_AttributeType.INTS;
    return create(AttributeProtoSchema, { name, type, ints: value.ints.map(BigInt) });
  }
  const type = AttributeProto_AttributeType.GRAPH;
  return create(AttributeProtoSchema, { name, type, g: value.graph.emitted as GraphProto });
}

/** Returns one node. */
export function nodeProto(
  name: string,
  opType: string,
  node: {
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly attributes: NodeAttributes;
  },
): NodeProto {
  const attribute = Object.entries(node.attributes).map(([key, value]) =>
    attributeProto(key, value),
  );
  const [input, output] = [[...node.inputs], [...node.outputs]];
  return create(NodeProtoSchema, { name, opType, input, output, attribute });
}

/** Returns a graph; `initializer` holds its constants. */
export function graphProto(
  name: string,
  parts: {
    readonly node: NodeProto[];
    readonly input: ValueInfoProto[];
    readonly output: ValueInfoProto[];
    readonly initializer?: TensorProto[];
  },
): GraphProto {
  return create(GraphProtoSchema, { name, ...parts });
}

/** Serialises a model of one graph. */
export function modelBytes(
  graph: GraphProto,
  { ir, operatorSet }: OnnxVersions = currentVersions,
): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(ir),
    producerName: "seq2see",
    opsetImport: [{ domain: "", version: BigInt(operatorSet) }],
    graph,
  });
  return toBinary(ModelProtoSchema, model);
}

/**
 * Returns a serialised model whose first output is an empty sequence, the others following.
 *
 * Serialised messages that follow each other are one message, and their lists are joined: a graph of this one output
 * comes before the bytes of the model.
 */
export function withSequenceFirst(name: string, bytes: Uint8Array): Uint8Array {
  const nodes = { inputs: [], outputs: [name], attributes: {} };
  const elemType = create(TypeProtoSchema, {
    value: { case: "tensorType", value: { elemType: onnxDtype.float32 } },
  });
  const output = create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "sequenceType", value: { elemType } } },
  });
  const graph = graphProto("", {
    node: [nodeProto(name, "SequenceEmpty", nodes)],
    input: [],
    output: [output],
  });
  const first = toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph }));
  const joined = new Uint8Array(first.length + bytes.length);
  joined.set(first);
  joined.set(bytes, first.length);
  return joined;
}
