#!/usr/bin/env bash
# Takes the place of ssh where network namespaces are the hosts: insteadOfSsh.sh [options] ADDRESS COMMAND…
# NAMESPACES is a list such as "10.77.0.1=seq2see-a 10.77.0.2=seq2see-b".
set -euo pipefail
while [[ "$1" == -* ]]; do shift; done
address=$1
shift
for each in $NAMESPACES; do
  if [ "${each%%=*}" = "$address" ]; then exec ip netns exec "${each#*=}" /bin/bash -c "$*"; fi
done
echo "There is no host $address." >&2
exit 1
