import type { FastifyInstance } from "fastify";
import { OptionError } from "../options/optionError.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** Default: the next free port from {@link standardPort}. */
  readonly port?: number;
}

/** The first port to try. */
export const standardPort = 5173;

/** The number of ports to try. */
const tries = 100;

/**
 * Makes a server listen.
 *
 * @param make makes the server; a server that failed to listen cannot be reused.
 * @returns the server and its address for a browser, which ends in "/".
 * @throws UserError if the port is taken or not permitted, or the host does not belong to this machine.
 */
export async function listen(
  make: () => Promise<FastifyInstance>,
  { host, port }: ListenOptions,
): Promise<{ server: FastifyInstance; url: string }> {
  const last = port ?? standardPort + tries - 1;
  for (let at = port ?? standardPort; ; at++) {
    const server = await make();
    try {
      await server.listen({ host, port: at });
      return { server, url: addressOf(server, host) };
    } catch (error) {
      await server.close();
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && at < last) continue;
      throw explained(error, host, port);
    }
  }
}

function addressOf(server: FastifyInstance, host: string): string {
  const address = server.server.address();
  // Browsers cannot open the wildcard address.
  const name = /^(0\.0\.0\.0|::|\[::\])$/.test(host) ? "localhost" : host;
  const isBare = name.includes(":") && !name.startsWith("[");
  return `http://${isBare ? `[${name}]` : name}:${typeof address === "object" ? address?.port : address}/`;
}

function explained(error: unknown, host: string, port: number | undefined): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      if (port === undefined) {
        const problem = `the ports ${standardPort} to ${standardPort + tries - 1} are all taken`;
        return new OptionError({ key: "port", problem, remedy: "give another" });
      }
      return new OptionError({
        key: "port",
        value: port,
        problem: "another program uses it",
        remedy: "give another port, or leave {port} out for a free one",
      });
    case "EACCES":
      return new OptionError({
        key: "port",
        value: port,
        problem: "this port is reserved for the system",
        remedy: "give one from 1024 on",
      });
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return new OptionError({
        key: "host",
        value: host,
        problem: "this machine has no such address",
        remedy: "give one of its own, or 0.0.0.0 for all of them",
      });
    default:
      return error;
  }
}
