import { spawn } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { packageFolder, packageVersion } from "../files/nodePackage.ts";
import { modelPlace, packageModels } from "../modelFolder/nodeModelPlace.ts";
import type { Compute } from "../runtime/options.ts";
import { checkToken } from "../server/accessToken.ts";
import { createServer } from "../server/app.ts";
import { exportStudio } from "../server/exportStudio.ts";
import { isLoopback } from "../server/hostCheck.ts";
import { listen } from "../server/listen.ts";
import { checkModelFolder, ModelCatalog } from "../server/modelCatalog.ts";
import { checkOrigin } from "../server/origins.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { standardOutput } from "./standardOutput.ts";

/** The flags of `seq2see studio`. */
export interface StudioFlags {
  readonly model?: readonly string[];
  readonly models?: string;
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly cors?: readonly string[];
  readonly embedFrom?: readonly string[];
  /** Seconds to wait for answers when the server is asked to stop. */
  readonly exitTimeout: number;
  readonly open?: boolean;
  readonly export?: string;
  readonly page?: string;
  /** The numbers of products in the models of the API; the page itself computes in float32. */
  readonly compute?: Compute;
}

/**
 * Serves the studio until the program ends, or exports it.
 *
 * @throws UserError if an option is invalid, or the page has not been built.
 */
export async function runStudio(flags: StudioFlags): Promise<void> {
  const page = checkPage(flags.page ?? join(packageFolder, "dist/studio"));
  const catalog = await checkedCatalog(flags);
  const version = packageVersion();
  if (flags.export !== undefined) {
    const { files, bytes } = await exportStudio(flags.export, { catalog, page, version });
    await standardOutput.print(
      `The studio is in ${flags.export}: ${counted(files, "file")}, ${(bytes / 1e6).toFixed(1)} MB; serve them with any static file server.`,
    );
    return;
  }
  checkAccess(flags);
  const { host, port, token, exitTimeout, compute, cors = [], embedFrom = [] } = flags;
  const { server, url } = await listen(
    () =>
      createServer({
        catalog,
        page,
        host,
        version,
        exitTimeout,
        cors,
        embedFrom,
        log: console.error,
        ...(token !== undefined && { token }),
        ...(compute !== undefined && { compute }),
      }),
    { host, ...(port !== undefined && { port }) },
  );
  await standardOutput.print(`The studio is at ${url} (Ctrl-C ends it).`);
  if (!isLoopback(host) && token === undefined) {
    console.error(
      "Everyone who can reach this machine can use it; --token asks them for a secret.",
    );
  }
  endOnSignal(server, exitTimeout);
  if (flags.open ?? process.stdout.isTTY) {
    openBrowser(token === undefined ? url : `${url}?token=${encodeURIComponent(token)}`);
  }
}

/** Checks that the origins and the token have the form that browsers and headers use. */
function checkAccess({ token, cors = [], embedFrom = [] }: StudioFlags): void {
  if (token !== undefined) checkToken(token, "--token (or SEQ2SEE_TOKEN)");
  for (const origin of cors) if (origin !== "*") checkOrigin(origin, "--cors");
  for (const origin of embedFrom) checkOrigin(origin, "--embed-from");
}

function checkPage(page: string): string {
  if (existsSync(join(page, "index.html"))) return page;
  throw new UserError(`The studio's page is not built (${page}); run npm run build first.`);
}

async function checkedCatalog({ model: named = [], models }: StudioFlags): Promise<ModelCatalog> {
  const model = named.map((name) => modelPlace(name));
  for (const folder of model) checkModelFolder(folder);
  if (models !== undefined && !(existsSync(models) && statSync(models).isDirectory())) {
    throw new UserError(`--models ${models}: there is no such folder; give one with models in it.`);
  }
  const own = model.length === 0 ? [packageModels] : [];
  const catalog = new ModelCatalog({
    models: model,
    parents: models === undefined ? own : [models],
  });
  if ((await catalog.list()).models.length > 0) return catalog;
  throw new UserError(
    models === undefined
      ? "There is no model yet; give the folder of one with --model, or train one: seq2see demo."
      : `--models ${models}: there is no model in it; give a folder that contains model folders.`,
  );
}

/** The maximum time for the program to end once all answers are sent, in ms. */
const lastMoment = 2000;

/**
 * Ends the server and the program on a signal, after the accepted requests are answered or the time for that is
 * over; a second signal ends them immediately.
 */
function endOnSignal(server: FastifyInstance, exitTimeout: number): void {
  let isEnding = false;
  const end = (_: NodeJS.Signals, number: number): void => {
    // The exit code of a program that does not handle the signal.
    if (isEnding) process.exit(128 + number);
    isEnding = true;
    // Does not wait for what cannot be interrupted, such as a long trace.
    setTimeout(() => process.exit(0), exitTimeout * 1000 + lastMoment).unref();
    void server.close();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}

/** Opens an address in the desktop's browser, if there is one. */
function openBrowser(url: string): void {
  const [command, ...start] =
    process.platform === "win32"
      ? ["cmd", "/c", "start", ""]
      : [process.platform === "darwin" ? "open" : "xdg-open"];
  const child = spawn(command as string, [...start, url], { stdio: "ignore", detached: true });
  // The address has been printed, so a missing browser does no harm.
  child.on("error", () => undefined);
  child.unref();
}
