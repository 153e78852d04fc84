/** @file Launchers of MPI, and two hosts that are network namespaces of one machine. */

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { packageFolder } from "../../src/files/nodePackage.ts";

/** How tests start processes with an MPI library. */
export interface Launcher {
  readonly name: string;
  readonly program: string;
  /** The signal by which its runs are asked to stop, as it is passed on. */
  readonly stopSignal: NodeJS.Signals;
  readonly variables: Readonly<Record<string, string>>;
  /** Those that two hosts need. */
  readonly hostVariables: Readonly<Record<string, string>>;
  /** Those by which the launcher itself notices soon that a connection is cut; null if ssh does that for it. */
  readonly noticing: Readonly<Record<string, string>> | null;
  /** The arguments before the command. */
  start(ranks: number): string[];
  /** The same on two hosts, half of the ranks on each. */
  startOn(hosts: TwoHosts, ranks: number): string[];
}

const ssh = join(packageFolder, "test/support/insteadOfSsh.sh");

const launchers: readonly Launcher[] = [
  {
    name: "Open MPI",
    program: "mpirun.openmpi",
    stopSignal: "SIGUSR2",
    variables: { OMPI_ALLOW_RUN_AS_ROOT: "1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: "1" },
    hostVariables: {},
    noticing: {
      OMPI_MCA_oob_tcp_keepalive_time: "1",
      OMPI_MCA_oob_tcp_keepalive_intvl: "1",
      OMPI_MCA_oob_tcp_keepalive_probes: "2",
    },
    start: (ranks) => ["--oversubscribe", "-n", String(ranks)],
    startOn: ({ addresses, network }, ranks) => [
      ...["--mca", "plm_rsh_agent", ssh, "--mca", "btl", "tcp,self"],
      ...["--mca", "btl_tcp_if_include", network, "--mca", "oob_tcp_if_include", network],
      ...["-x", "NAMESPACES", "--oversubscribe", "-n", String(ranks)],
      ...["--host", addresses.map((each) => `${each}:${ranks / 2}`).join(",")],
    ],
  },
  {
    name: "MPICH",
    program: "mpiexec.hydra",
    stopSignal: "SIGTERM",
    variables: {},
    // It would find that both hosts are one machine, and not use the network.
    hostVariables: { UCX_TLS: "tcp,self" },
    noticing: null,
    start: (ranks) => ["-n", String(ranks)],
    startOn: ({ addresses }, ranks) => [
      ...["-launcher", "ssh", "-launcher-exec", ssh, "-hosts", addresses.join(",")],
      ...["-ppn", String(ranks / 2), "-n", String(ranks)],
    ],
  },
];

/** The launchers that are installed, or can be installed here. */
export function installedLaunchers(): readonly Launcher[] {
  spawnSync("bash", [join(packageFolder, "scripts/mpi.sh")], { stdio: "ignore" });
  return launchers.filter(({ program }) => spawnSync(program, ["--version"]).status === 0);
}

/** Two network namespaces with a cable between them. */
export interface TwoHosts {
  readonly addresses: readonly [string, string];
  /** The network of both addresses. */
  readonly network: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The words before a command that runs on the first host. */
  readonly onFirst: readonly string[];
  cut(): void;
  mend(): void;
  /** Ends all processes of both hosts. */
  clear(): void;
  remove(): void;
}

/** Makes two hosts; null where the machine does not allow it. */
export function twoHosts(): TwoHosts | null {
  const id = process.pid;
  const [one, other] = [`seq2see-${id}-a`, `seq2see-${id}-b`];
  const [cable, end] = [`sa${id}`, `sb${id}`];
  const addresses = ["10.77.0.1", "10.77.0.2"] as const;
  const ip = (words: string): void => {
    execFileSync("ip", words.split(" "), { stdio: "ignore" });
  };
  const clear = (): void => {
    for (const host of [one, other]) {
      const { stdout } = spawnSync("ip", ["netns", "pids", host], { encoding: "utf8" });
      for (const id of stdout?.split("\n").filter((line) => line !== "") ?? []) {
        try {
          process.kill(Number(id), "SIGKILL");
        } catch {} // It has ended.
      }
    }
  };
  const remove = (): void => {
    clear();
    for (const host of [one, other]) spawnSync("ip", ["netns", "del", host]);
  };
  try {
    for (const host of [one, other]) {
      ip(`netns add ${host}`);
      ip(`-n ${host} link set lo up`);
    }
    ip(`link add ${cable} netns ${one} type veth peer name ${end} netns ${other}`);
    ip(`-n ${one} addr add ${addresses[0]}/24 dev ${cable}`);
    ip(`-n ${other} addr add ${addresses[1]}/24 dev ${end}`);
    ip(`-n ${one} link set ${cable} up`);
    ip(`-n ${other} link set ${end} up`);
  } catch {
    remove();
    return null;
  }
  return {
    addresses,
    network: "10.77.0.0/24",
    variables: { NAMESPACES: `${addresses[0]}=${one} ${addresses[1]}=${other}` },
    onFirst: ["ip", "netns", "exec", one],
    cut: () => ip(`-n ${one} link set ${cable} down`),
    mend: () => ip(`-n ${one} link set ${cable} up`),
    clear,
    remove,
  };
}
