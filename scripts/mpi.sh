#!/usr/bin/env bash
# Provides Open MPI and MPICH for the tests of trainings by several processes: installs Debian's where that is allowed.
set -euo pipefail
has_both() { command -v mpirun.openmpi >/dev/null && command -v mpiexec.hydra >/dev/null; }
if has_both; then exit 0; fi
as_root=""
if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
  echo "Installing Open MPI and MPICH for the tests of trainings by several processes …"
  export DEBIAN_FRONTEND=noninteractive
  packages="openmpi-bin mpich iproute2"
  if $as_root apt-get install -y --no-install-recommends $packages >/dev/null 2>&1; then exit 0; fi
  if $as_root apt-get update >/dev/null 2>&1 && $as_root apt-get install -y --no-install-recommends $packages >/dev/null 2>&1; then exit 0; fi
fi
echo "The tests of trainings by several processes need MPI: run 'apt-get install openmpi-bin mpich iproute2' as root. Those of a library that is missing are left out." >&2
exit 1
