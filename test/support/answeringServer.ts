import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server's answer: a status, headers and a body; null closes the connection. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Runs `work` with the address of a server that answers each path as a function says. */
export async function withServer<Result>(
  answerOf: (path: string, method: string) => Answer | null,
  work: (address: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer((request, response) => {
    const answer = answerOf(request.url ?? "/", request.method ?? "GET");
    if (answer === null) {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status ?? 200, answer.headers);
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
