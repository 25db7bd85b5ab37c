#!/usr/bin/env bash
# turn.sh first|later COMMAND...: becomes the command, and has its turn before or after others where processors are busy.
# `first` goes what visitors wait for, the front door: with three times the weight of others, so nobody starves.
# `later` goes what starts containers, builds, and answers the dashboard: together, in one control group with half the weight of all apps.
# Only root may do that. Elsewhere, and where systemd has the control groups, the command goes without.

first() {
  renice -n -5 -p $$        # among the processes of its control group
  echo -5 >/proc/$$/autogroup # its session among others, where no control groups weigh them
}

later() {
  local path type options
  if [ -d /run/systemd/system ]; then
    return
  fi
  while read -r _ path type options _; do
    if [[ $type == cgroup && ,$options, == *,cpu,* ]]; then
      join "$path/slipway" cpu.shares 512 # of 1024
    elif [[ $type == cgroup2 && " $(<"$path/cgroup.controllers") " == *" cpu "* ]]; then
      echo +cpu >"$path/cgroup.subtree_control"
      join "$path/slipway" cpu.weight 50 # of 100
    fi
  done </proc/self/mounts
}

join() { # GROUP FILE WEIGHT
  mkdir -p -- "$1" && echo "$3" >"$1/$2" && echo $$ >"$1/cgroup.procs"
}

turn=$1
shift
"$turn" >/dev/null 2>&1
exec "$@"
