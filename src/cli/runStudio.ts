import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { checkToken } from "../server/accessToken.ts";
import { createServer } from "../server/app.ts";
import { exportStudio } from "../server/exportStudio.ts";
import { isLoopback } from "../server/hostCheck.ts";
import { listen } from "../server/listen.ts";
import { checkModelFolder, ModelCatalog } from "../server/modelCatalog.ts";
import { checkOrigin } from "../server/origins.ts";
import { UserError } from "../tensor/errors.ts";
import { standardOutput } from "./standardOutput.ts";

/** The package's folder; this file is two folders below it, in `src` as in `dist`. */
const packageFolder = fileURLToPath(new URL("../..", import.meta.url));

/** What `seq2see studio` was given. */
export interface StudioFlags {
  readonly model?: readonly string[];
  readonly models?: string;
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly cors?: readonly string[];
  readonly embedFrom?: readonly string[];
  /** Seconds that answers are waited for when the server is told to end. */
  readonly exitTimeout: number;
  readonly open?: boolean;
  readonly export?: string;
  readonly page?: string;
}

/**
 * Serves the studio until the program is ended, or exports it.
 *
 * @throws UserError if an option is wrong, or the page has not been built.
 */
export async function runStudio(flags: StudioFlags): Promise<void> {
  const page = checkPage(flags.page ?? join(packageFolder, "dist/studio"));
  const catalog = await checkedCatalog(flags);
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  if (flags.export !== undefined) {
    const { files, bytes } = await exportStudio(flags.export, { catalog, page, version });
    await standardOutput.print(
      `The studio is in ${flags.export}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB; serve them with any static file server.`,
    );
    return;
  }
  checkAccess(flags);
  const { host, port, token, exitTimeout, cors = [], embedFrom = [] } = flags;
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

/** Makes sure that those who may ask are named as browsers and headers name them. */
function checkAccess({ token, cors = [], embedFrom = [] }: StudioFlags): void {
  if (token !== undefined) checkToken(token, "--token (or SEQ2SEE_TOKEN)");
  for (const origin of cors) if (origin !== "*") checkOrigin(origin, "--cors");
  for (const origin of embedFrom) checkOrigin(origin, "--embed-from");
}

function checkPage(page: string): string {
  if (existsSync(join(page, "index.html"))) return page;
  throw new UserError(`The studio's page is not built (${page}); run npm run build first.`);
}

async function checkedCatalog({ model = [], models }: StudioFlags): Promise<ModelCatalog> {
  for (const folder of model) checkModelFolder(folder);
  if (models !== undefined && !(existsSync(models) && statSync(models).isDirectory())) {
    throw new UserError(`--models ${models}: there is no such folder; give one with models in it.`);
  }
  const own = model.length === 0 ? [join(packageFolder, "models")] : [];
  const catalog = new ModelCatalog({
    models: model,
    parents: models === undefined ? own : [models],
  });
  if ((await catalog.list()).models.length > 0) return catalog;
  throw new UserError(
    models === undefined
      ? "There is no model yet; give the folder of one with --model, or train one: seq2see demo."
      : `--models ${models}: there is no model in it; give a folder whose folders are models.`,
  );
}

/** How long the program may take to end once nobody is answered any more, in ms. */
const lastMoment = 2000;

/**
 * Ends the server, and with it the program, when it is told to: once it has answered what it has
 * accepted, or the time for that is over; at once when it is told again.
 */
function endOnSignal(server: FastifyInstance, exitTimeout: number): void {
  let isEnding = false;
  const end = (_: NodeJS.Signals, number: number): void => {
    // As a program ends that does not listen to signals.
    if (isEnding) process.exit(128 + number);
    isEnding = true;
    // What cannot be broken off, such as a long trace, is not waited for.
    setTimeout(() => process.exit(0), exitTimeout * 1000 + lastMoment).unref();
    void server.close();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}

/** Opens an address in the browser of the desktop, if there is one. */
function openBrowser(url: string): void {
  const [command, ...start] =
    process.platform === "win32"
      ? ["cmd", "/c", "start", ""]
      : [process.platform === "darwin" ? "open" : "xdg-open"];
  const child = spawn(command as string, [...start, url], { stdio: "ignore", detached: true });
  // The address has been printed, so that nothing is lost without a browser.
  child.on("error", () => undefined);
  child.unref();
}
