#!/usr/bin/env bash
# A cluster of Slurm with one node, this machine, to try jobs on. All its files are in one folder.
#   slurm.sh install         installs Debian's Slurm, where that is allowed
#   slurm.sh start FOLDER    starts it; export SLURM_CONF=FOLDER/slurm.conf before srun, sbatch and scontrol
#   slurm.sh stop FOLDER     ends its jobs and daemons
# It belongs to the user who starts it. Processes are not confined, so a job may use more processors than it asks for.
set -euo pipefail

packages="slurm-wlm munge libpmix-dev"

has_all() { for each in munged slurmctld slurmd srun; do find_program "$each" >/dev/null || return 1; done; }

# Daemons are not on the PATH of every user.
find_program() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1"; }

install() {
  if has_all; then return 0; fi
  local as_root=""
  if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
  if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    echo "Installing Slurm …"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    $as_root apt-get install -y --no-install-recommends $packages >/dev/null 2>&1 && return 0
    # shellcheck disable=SC2086
    $as_root apt-get update >/dev/null 2>&1 && $as_root apt-get install -y --no-install-recommends $packages >/dev/null 2>&1 && return 0
  fi
  echo "Slurm is missing: run 'apt-get install $packages' as root." >&2
  return 1
}

free_ports() {
  node -e '
    const { createServer } = require("node:net");
    const servers = [0, 1].map(() => createServer().listen(0));
    Promise.all(servers.map((each) => new Promise((done) => each.once("listening", done)))).then(() => {
      console.log(servers.map((each) => each.address().port).join(" "));
      for (const each of servers) each.close();
    });'
}

start() {
  has_all || { echo "Slurm is missing: run 'bash scripts/slurm.sh install'." >&2; exit 1; }
  mkdir -p "$1"
  local folder node user processors ctld_port d_port
  folder=$(cd "$1" && pwd)
  node=$(hostname -s)
  user=$(id -un)
  processors=$(getconf _NPROCESSORS_ONLN)
  read -r ctld_port d_port < <(free_ports)
  # munged refuses a socket that not everybody can reach; the folders above must be open like this, too.
  chmod 711 "$folder"
  mkdir -p "$folder/state" "$folder/spool"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
  cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$ctld_port
SlurmdPort=$d_port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
# A job that is put back begins again as soon as its old credential has expired; 120 s otherwise.
AuthInfo=socket=$folder/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
# Seconds from SIGTERM to SIGKILL; 30 otherwise.
KillWait=${KILL_WAIT:-30}
# Room for two tasks, also on a machine with one processor.
SlurmdParameters=config_overrides
NodeName=$node NodeAddr=127.0.0.1 CPUs=$((processors > 2 ? processors : 2))
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$folder/slurm.conf
  "$(find_program munged)" --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
    --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
  "$(find_program slurmctld)"
  "$(find_program slurmd)"
  for _ in $(seq 100); do
    if [ "$(sinfo --noheader --format %T 2>/dev/null)" = idle ]; then
      echo "Slurm runs: export SLURM_CONF=$SLURM_CONF"
      return 0
    fi
    sleep 0.1
  done
  echo "Slurm does not start; its logs are in $folder:" >&2
  tail -n 5 "$folder"/*.log >&2
  stop "$folder"
  exit 1
}

stop() {
  local folder id
  folder=$(cd "$1" && pwd)
  export SLURM_CONF=$folder/slurm.conf
  if timeout 10 scancel --user "$(id -un)" 2>/dev/null; then
    for _ in $(seq 50); do
      [ -n "$(timeout 10 squeue --noheader 2>/dev/null)" ] || break
      sleep 0.2
    done
  fi
  for each in slurmd slurmctld munged; do
    id=$(cat "$folder/$each.pid" 2>/dev/null) || continue
    kill "$id" 2>/dev/null || continue
    # Each removes the file as the last thing it does.
    for _ in $(seq 50); do
      [ -e "$folder/$each.pid" ] || break
      sleep 0.1
    done
  done
}

case "${1:-}" in
install) install ;;
start | stop) "$1" "${2:?the folder of the cluster is missing}" ;;
*) sed -n '2,6p' "$0" >&2; exit 2 ;;
esac
