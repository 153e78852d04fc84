/** @file Runs graphs on any build of ONNX Runtime; builds differ only in how sessions are made. */

import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-common";
import type { EmittedModel } from "../onnx/emit.ts";
import type { TensorData } from "../tensor/dtype.ts";
import { DtypeError, ShapeError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { type FaultOf, faultOf as faultOfAny } from "./faults.ts";
import { bytesFor, type Fetching, runInto } from "./fetching.ts";
import type { OrtBuild } from "./ortBuild.ts";
import type { NamedValues, Program, Runtime } from "./runtime.ts";
import { atOnce, type InTurn } from "./turns.ts";

/** How a build differs from ONNX Runtime's native one. */
export interface BuildDifferences {
  /** Returns the error to throw when a graph cannot be prepared. */
  readonly faultOf?: FaultOf;
  /** How it hands over results in given memory; by default it copies none, and the results are copied there. */
  readonly fetching?: Fetching;
  /** Makes its calls in turn, where it cannot have several at a time. */
  readonly inTurn?: InTurn;
}

/** Makes a runtime from a build and its session options. */
export function sessionRuntime(
  ort: OrtBuild,
  device: string,
  options: InferenceSession.SessionOptions,
  { faultOf = faultOfAny, fetching = "copied", inTurn = atOnce }: BuildDifferences = {},
): Runtime {
  return {
    device,
    async compile(model, { profile } = {}): Promise<Program> {
      try {
        const session = await inTurn(() =>
          ort.InferenceSession.create(bytesFor(fetching, model.bytes), {
            executionProviders: [device],
            graphOptimizationLevel: "all",
            executionMode: "sequential",
            ...options,
            ...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
          }),
        );
        return new SessionProgram(ort, model, session, { fetching, inTurn });
      } catch (error) {
        throw await faultOf(error, device, model.name);
      }
    },
  };
}

type SessionDifferences = Required<Pick<BuildDifferences, "fetching" | "inTurn">>;

class SessionProgram implements Program {
  readonly model: EmittedModel;
  private readonly ort: OrtBuild;
  private readonly session: InferenceSession;
  private readonly build: SessionDifferences;

  constructor(
    ort: OrtBuild,
    model: EmittedModel,
    session: InferenceSession,
    build: SessionDifferences,
  ) {
    this.ort = ort;
    this.model = model;
    this.session = session;
    this.build = build;
  }

  async run(feeds: NamedValues, fetches?: NamedValues | readonly string[]): Promise<NamedValues> {
    const given: Record<string, OrtTensor> = {};
    for (const { name, dtype } of this.model.inputs) {
      const value = feeds[name];
      if (!value) throw new ShapeError(`The graph ${this.model.name} needs its input ${name}.`);
      if (value.dtype !== dtype) {
        throw new DtypeError(`${this.model.name}: ${name} is ${value.dtype} instead of ${dtype}.`);
      }
      given[name] = this.toOrt(value);
    }
    const { fetching, inTurn } = this.build;
    if (fetches && !isNames(fetches)) {
      const targets = Object.entries(fetches).map(([name, value]) => [name, this.toOrt(value)]);
      await inTurn(() => runInto(this.session, given, Object.fromEntries(targets), fetching));
      return fetches;
    }
    const names = fetches ?? this.model.outputs.map(({ name }) => name);
    const results = await inTurn(() => this.session.run(given, names));
    return Object.fromEntries(
      Object.entries(results).map(([name, value]) => [name, fromOrt(value as OrtTensor)]),
    );
  }

  async release(): Promise<void> {
    await this.build.inTurn(() => this.session.release());
  }

  private toOrt({ dtype, data, shape }: TensorValue): OrtTensor {
    return new this.ort.Tensor(dtype, data as never, shape);
  }
}

function isNames(fetches: NamedValues | readonly string[]): fetches is readonly string[] {
  return Array.isArray(fetches);
}

function fromOrt({ type, dims, data }: OrtTensor): TensorValue {
  return { dtype: type as TensorValue["dtype"], shape: dims, data: data as TensorData };
}
