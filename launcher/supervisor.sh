#!/usr/bin/env bash
# supervisor.sh HOME: keeps the programs named in HOME/run/wanted running, one supervisor per home, with the environment in
# HOME/run/environment. SIGUSR1 reads `wanted` anew, SIGUSR2 the environment too, SIGTERM ends the supervision and leaves the programs
# running. A standby waits for the supervisor's lock: however the supervisor ends, the standby takes its place; and when the standby
# ends, there is a new one. Both hold the front door's listening socket, so that connections wait while there is no runtime.
set -uo pipefail

ROOT=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=launcher/programs.sh
source "$ROOT/launcher/programs.sh"
SLIPWAY_HOME=$1
RUN=$SLIPWAY_HOME/run
LOGS=$SLIPWAY_HOME/logs
cd -- "$SLIPWAY_HOME" || exit 1
environment_load
JDK=$JAVA_HOME

QUICK_DEATH=20   # seconds: who dies sooner is restarted with more and more delay
LONGEST_DELAY=30 # seconds
HEARTBEAT=4      # seconds between two looks when nothing wakes it up
LOG_LIMIT=20     # MiB per program's log, and as much again for the older one

declare -A watched=() # program → the child whose end means that the program ended (itself, or a watcher of an adopted one)
declare -A program=() # child → program
declare -A adopted=() # program → its pid, when an earlier supervisor started it
declare -A timer=()   # child → program to start when this timer ends, or "housekeeping"
declare -A waiting=() # program → its restart timer
declare -A since=()   # program → second of its start
declare -A deaths=()  # program → quick deaths in a row
standby=
busy=yes
rung=no
reloads=no
beats=0

note() {
  printf '%(%F %T)T %s\n' -1 "$*"
}

start() {
  local name=$1 child
  if [ -n "${watched[$name]:-}" ]; then
    return
  fi
  if [ -e "$RUN/$name.restart" ]; then
    deaths[$name]=0
  fi
  rm -f -- "$RUN/$name.ready" "$RUN/$name.restart" "$RUN/$name.follow"
  cp -- "$RUN/configuration" "$RUN/$name.configuration" 2>/dev/null
  log_rotate "$LOGS/$name.log" "$LOG_LIMIT"
  printf '%s %s starts\n' "$START_MARK" "$name" >>"$LOGS/$name.log"
  (program_exec "$name") &
  child=$!
  watch "$name" "$child" "$child"
  note "$name started, pid $child"
}

# Another run of a program starts beside it, takes over from it, and ends it.
follow() { # PROGRAM
  local child=${watched[$1]:-}
  if [ -n "${adopted[$1]:-}" ]; then
    kill "$child" 2>/dev/null # its watcher
  fi
  unset "watched[$1]" "adopted[$1]" ${child:+"program[$child]"}
  start "$1"
}

watch() { # PROGRAM CHILD PID
  watched[$1]=$2
  program[$2]=$1
  since[$1]=$SECONDS
  printf '%s\n' "$3" >"$RUN/$1.pid"
}

# A program that an earlier supervisor started: not our child, so a small process waits for its end.
adopt() { # PROGRAM PID
  tail --pid="$2" -s 0.5 -f /dev/null 5>&- 8>&- 9>&- {DOOR_FD}>&- {SECURE_DOOR_FD}>&- &
  watch "$1" $! "$2"
  adopted[$1]=$2
  note "$1 adopted, pid $2"
}

# Looks at the program itself too: its watcher can't tell a zombie from a living process.
adopted_ended() { # CHILD
  local name=${program[$1]:-}
  [ -n "${adopted[${name:-none}]:-}" ] && ! process_alive "${adopted[$name]}" && kill "$1" 2>/dev/null
}

alarm() { # SECONDS WHAT
  sleep "$1" 5>&- 8>&- 9>&- {DOOR_FD}>&- {SECURE_DOOR_FD}>&- &
  timer[$!]=$2
}

wanted() {
  grep -qxF -- "$1" "$RUN/wanted" 2>/dev/null
}

ended() { # PROGRAM EXIT-CODE
  local name=$1 delay=0
  unset "watched[$name]" "adopted[$name]"
  rm -f -- "$RUN/$name.pid"
  if ! wanted "$name"; then
    return
  fi
  if [ -e "$RUN/$name.restart" ]; then # it was told to end
    deaths[$name]=0
  elif ((SECONDS - since[$name] < QUICK_DEATH)) && [ ! -e "$RUN/$name.ready" ]; then
    deaths[$name]=$((${deaths[$name]:-0} + 1))
    delay=$((deaths[$name] < 6 ? (1 << deaths[$name]) / 2 : LONGEST_DELAY))
  else
    deaths[$name]=0
  fi
  note "$name ended with $2; starts again in $delay s"
  printf '%s\n' "${deaths[$name]}" >"$RUN/$name.deaths"
  if ((delay == 0)); then
    start "$name"
  else
    alarm "$delay" "$name"
    waiting[$name]=$!
  fi
}

# Someone wants it now.
wait_no_longer() { # PROGRAM
  local child=${waiting[$1]}
  kill "$child" 2>/dev/null
  unset "timer[$child]" "waiting[$1]"
  note "$1 waits no longer"
}

# Starts what is wanted and neither runs nor waits for its restart.
reconcile() {
  local name
  PROGRAMS=$ROOT/.programs/$(<"$RUN/build")
  while read -r name; do
    if [ -n "${waiting[$name]:-}" ] && [ -e "$RUN/$name.restart" ]; then
      wait_no_longer "$name"
    fi
    if [ -z "${watched[$name]:-}" ] && [ -z "${waiting[$name]:-}" ]; then
      start "$name"
    elif [ -e "$RUN/$name.follow" ] && [ -n "${watched[$name]:-}" ]; then
      follow "$name"
    fi
  done <"$RUN/wanted"
}

ring() {
  rung=yes
  asked
}

reload_soon() {
  reloads=yes
  asked
}

# Does what was asked for, unless that is under way: a signal may come between any two commands, and a program must not be started twice.
asked() {
  while [ "$busy" = no ] && [ "$rung$reloads" != nono ]; do
    busy=yes
    if [ "$reloads" = yes ]; then
      reload
    fi
    rung=no
    reconcile
    busy=no
  done
}

# Becomes another supervisor, with the same lock, the same socket and the same programs.
reload() {
  note "goes on with another build or other settings"
  helpers_end
  exec bash "$(environment_root)/launcher/supervisor.sh" "$SLIPWAY_HOME"
}

# Waits in the kernel for the lock to be free, then becomes the supervisor. No other child may have the lock's descriptor.
standby_start() {
  if ! kill -0 "${standby:-0}" 2>/dev/null || [ -z "$standby" ]; then
    setsid -- flock --no-fork "$RUN/supervisor.lock" bash "$ROOT/launcher/supervisor.sh" "$SLIPWAY_HOME" 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    standby=$!
  fi
}

# Takes the lock, or finds that it was started with it.
lock_take() {
  local fd
  for fd in /proc/$$/fd/*; do
    if [ "$(readlink -- "$fd")" = "$RUN/supervisor.lock" ]; then
      fd=${fd##*/}
      if [ "$fd" != 9 ]; then
        exec 9>&"$fd" {fd}>&-
        note "the supervisor before this one is gone"
      fi
      return
    fi
  done
  exec 9>"$RUN/supervisor.lock"
  flock -w 5 9 # a look at the lock takes it for a moment
}

leave() {
  note "supervision ends"
  helpers_end
  exit 0
}

# Ends the children that aren't programs.
helpers_end() {
  local child name
  if [ -n "$standby" ]; then
    disown "$standby" 2>/dev/null # nobody needs to be told of its end
    kill -KILL "$standby" 2>/dev/null
  fi
  for child in "${!timer[@]}"; do
    kill "$child" 2>/dev/null
  done
  for name in "${!adopted[@]}"; do
    kill "${watched[$name]}" 2>/dev/null # the watcher, not the program
  done
  rm -f -- "$RUN/supervisor.pid"
}

housekeeping() {
  local log
  if ((beats++ % 15 == 0)); then
    for log in "$LOGS"/*.log; do
      log_rotate "$log" "$LOG_LIMIT"
    done
  fi
  standby_start
  alarm "$HEARTBEAT" housekeeping
}

child_ended() { # CHILD EXIT-CODE
  local name=${timer[$1]:-}
  if [ -n "${program[$1]:-}" ]; then
    name=${program[$1]}
    unset "program[$1]"
    if [ "${watched[$name]:-}" = "$1" ]; then
      ended "$name" "$2"
    fi
  elif [ "$name" = housekeeping ]; then
    unset "timer[$1]"
    housekeeping
  elif [ -n "$name" ]; then
    unset "timer[$1]" "waiting[$name]"
    if wanted "$name"; then
      start "$name"
    fi
  fi
}

# `wait -n` forgets children that a signal killed while this shell was busy, so it only wakes up; who ended is found by looking.
sweep() {
  local child code
  for child in "${!program[@]}" "${!timer[@]}"; do
    if ! kill -0 "$child" 2>/dev/null || adopted_ended "$child"; then
      code=0
      wait "$child" 2>/dev/null || code=$?
      child_ended "$child" "$code"
    fi
  done
}

supervise() {
  local name
  lock_take || exit 0
  trap ring USR1
  trap reload_soon USR2
  trap leave TERM INT
  programs_scan
  for name in "${!PIDS[@]}"; do
    if [[ $name != supervisor && $name != standby && $name != *-leaving-* ]]; then
      adopt "$name" "${PIDS[$name]}"
    fi
  done
  alarm 0 housekeeping
  reconcile
  supervisor_edition >"$RUN/supervisor.edition"
  printf '%s\n' $$ >"$RUN/supervisor.pid"
  while true; do
    sweep
    busy=no
    asked
    wait -n 2>/dev/null
    busy=yes
  done
}

supervise
