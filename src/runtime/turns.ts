/** @file Calls of ONNX Runtime one after the other, for builds that cannot have two at a time. */

/** Makes a call in its turn, and resolves or rejects as the call does. */
export type InTurn = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** Makes each call at once, whatever others are under way. */
export const atOnce: InTurn = (call) => call();

/** Returns a queue: each call begins when the one before has ended, well or not. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const result = last.then(call);
    last = result.catch(() => {});
    return result;
  };
}

const queues = new WeakMap<object, InTurn>();

/** Returns the queue of a build, the same for everybody in the page who uses that build. */
export function turnsOf(build: object): InTurn {
  const queue = queues.get(build) ?? turns();
  queues.set(build, queue);
  return queue;
}
