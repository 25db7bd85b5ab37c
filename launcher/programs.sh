# shellcheck shell=bash
# The programs of one installation: which there are, which processes they are, and how each is started.

declare -A PIDS=()

DOOR_FD=20 # the front door's listening socket, which the supervisor keeps open; only it, its standby and runtime have it
SECURE_DOOR_FD=21 # the same for https, where that is on

# Start order; `down` stops workers first, then platform-server, runtime and PostgreSQL.
program_names() {
  local n
  if [ -z "$EXTERNAL_DB" ]; then
    printf '%s\n' postgres
  fi
  printf '%s\n' platform-server runtime
  for ((n = 1; n <= SLIPWAY_WORKERS; n++)); do
    printf 'w%d\n' "$n"
  done
}

program_module() {
  case $1 in
    platform-server) printf ui ;;
    runtime) printf runtime ;;
    worker) printf build-workers ;;
  esac
}

program_main() {
  case $1 in
    platform-server) printf dev.slipway.platform.PlatformServer ;;
    runtime) printf dev.slipway.runtime.RuntimeTier ;;
    worker) printf dev.slipway.worker.BuildWorker ;;
  esac
}

# Workers are called w1, w2, …
program_kind() {
  if is_worker "$1"; then
    printf worker
  else
    printf '%s' "$1"
  fi
}

is_worker() {
  [[ $1 =~ ^w[0-9]+$ ]]
}

# Sets PIDS (program → pid) to what runs for this home now. The command lines tell, so a stale pid file can't mislead. A run of a
# program that another has followed, and that still answers its last requests, is "PROGRAM-leaving-PID".
programs_scan() {
  local file pid listed runtime postmaster=
  local -a words
  PIDS=()
  listed=$(cat -- "$RUN/supervisor.pid" 2>/dev/null || true) # a child of the supervisor has its command line until it has its own
  runtime=$(cat -- "$RUN/runtime.pid" 2>/dev/null || true)
  read -r postmaster 2>/dev/null <"$SLIPWAY_HOME/postgres/data/postmaster.pid" || true
  while read -r file; do
    pid=${file//[^0-9]/}
    mapfile -d '' -t words 2>/dev/null <"/proc/$pid/cmdline" || continue
    if [ ${#words[@]} -lt 2 ]; then
      continue
    fi
    if [[ " ${words[*]} " == *" -Dslipway.home=$SLIPWAY_HOME "* && ${words[1]} == -Dslipway.program=* ]]; then
      program_found "${words[1]#*=}" "$pid" "$runtime"
    elif [[ ${words[0]} == "$SLIPWAY_HOME"/postgres/*/postgres ]]; then
      if [ "$pid" = "$postmaster" ] || [ -z "${PIDS[postgres]:-}" ]; then # a child of it has its command line at first
        PIDS[postgres]=$pid
      fi
    elif [[ ${words[1]} == */launcher/supervisor.sh && ${words[2]:-} == "$SLIPWAY_HOME" ]]; then
      if [ "$pid" = "$listed" ] || [ -z "${PIDS[supervisor]:-}" ]; then
        PIDS[supervisor]=$pid
      fi
    elif [[ ${words[0]} == flock && ${words[2]:-} == "$RUN/supervisor.lock" && ${#words[@]} == 6 ]]; then
      PIDS[standby]=$pid
    fi
  done < <(grep -slaF -- "$SLIPWAY_HOME" /proc/[0-9]*/cmdline)
}

program_found() { # NAME PID LISTED-RUNTIME
  if [ "$1" != runtime ] || [ -z "${PIDS[runtime]:-}" ]; then
    PIDS[$1]=$2
  elif [ "$2" = "$3" ]; then
    PIDS[runtime-leaving-${PIDS[runtime]}]=${PIDS[runtime]}
    PIDS[runtime]=$2
  else
    PIDS[runtime-leaving-$2]=$2
  fi
}

# A zombie (its parent may never collect it) has no command line any more.
process_alive() {
  IFS= read -rn 1 -d '' _ 2>/dev/null <"/proc/$1/cmdline"
}

# The supervisor holds this lock as long as it lives.
supervised() {
  ! flock -n "$RUN/supervisor.lock" true 2>/dev/null
}

# What the supervisor is made of: after an upgrade, the one that runs becomes the new one.
supervisor_edition() {
  cat -- "$ROOT/launcher/supervisor.sh" "$ROOT/launcher/programs.sh" | sha256sum | cut -c 1-12
}

# Everything of the environment that decides how programs run; when it changes they are restarted.
programs_configuration() {
  local name
  {
    printf '%s\n' "$BUILD" "$JDK" "${SLIPWAY_DOCKER:-}" "${DOCKER_HOST:-}" "$ROOT"
    for name in $(settings_names); do
      printf '%s=%s\n' "$name" "${!name}"
    done
  } | sha256sum | cut -c 1-12
}

# Java argument files keep `ps` readable. AOT caches are bound to these options.
programs_arguments() { # DIRECTORY
  local kind
  for kind in platform-server runtime worker; do
    {
      jvm_options "$kind"
      printf -- '-cp\n"%s"\n' "$(class_path "$(program_module "$kind")" "$1" | sed 's/[\\"]/\\&/g')"
    } >"$1/$kind.args"
  done
}

# Sets PROGRAM_COMMAND.
program_command() {
  local name=$1 kind
  kind=$(program_kind "$name")
  if [ "$name" = postgres ]; then
    mapfile -t PROGRAM_COMMAND <"$RUN/postgres.command"
    PROGRAM_COMMAND+=(-p "$SLIPWAY_DB_PORT")
    return
  fi
  PROGRAM_COMMAND=("$JDK/bin/java" "-Dslipway.program=$name" "-Dslipway.home=$SLIPWAY_HOME" "-XX:ErrorFile=$LOGS/crash-$name-%p.txt" "@$PROGRAMS/$kind.args")
  if [ -n "${SLIPWAY_TRAINING:-}" ] && [ ! -e "$PROGRAMS/$kind.aot" ]; then
    PROGRAM_COMMAND+=("-XX:AOTCacheOutput=$PROGRAMS/$kind.aot.new")
  elif [ -s "$PROGRAMS/$kind.aot" ] && (($(cat -- "$RUN/$name.deaths" 2>/dev/null || echo 0) < 2)); then # a damaged cache mustn't keep it down
    PROGRAM_COMMAND+=("-XX:AOTCache=$PROGRAMS/$kind.aot")
  fi
  PROGRAM_COMMAND+=("$(program_main "$kind")")
}

# What the supervisor and its programs run with, as NAME=value and a NUL each, ROOT (of the launcher) first.
environment_print() {
  local name
  printf 'ROOT=%s\0' "$ROOT"
  for name in $(compgen -e SLIPWAY_ | grep -vxE 'SLIPWAY_(WORKER_ID|LAUNCHER|BENCH_[A-Z]+|DOOR)' | LC_ALL=C sort) DOCKER_HOST JAVA_HOME HOME PATH; do
    if [ -n "${!name:-}" ]; then
      printf '%s=%s\0' "$name" "${!name}"
    fi
  done
}

environment_load() {
  local entry name
  for name in $(compgen -e SLIPWAY_) DOCKER_HOST; do
    unset "$name"
  done
  while IFS= read -r -d '' entry; do
    if [[ $entry != ROOT=* ]]; then
      export "${entry?}"
    fi
  done <"$RUN/environment"
}

environment_root() {
  local entry
  IFS= read -r -d '' entry <"$RUN/environment" && printf '%s' "${entry#ROOT=}"
}

PID_OF_NOBODY=4194305 # Linux counts to 4194304
START_MARK=-------- # begins a line in a program's log each time it is started

# worker_ready NAME: has it said so since its last start?
worker_ready() {
  process_runs "$1" && awk -v mark="^$START_MARK" '$0 ~ mark { ready = 0; seen = 1; next } /worker .* is ready/ { ready = 1 } END { exit !(ready || !seen) }' "$LOGS/$1.log"
}

process_runs() {
  programs_scan
  [ -n "${PIDS[$1]:-}" ]
}

# program_exec NAME: replaces this (sub)shell by the program, in a session of its own.
program_exec() {
  local name=$1 turn=later
  export MALLOC_ARENA_MAX=2
  program_command "$name"
  if [ "$name" = postgres ]; then
    unset SLIPWAY_DB_PASSWORD
    postgres_lock_clear
  elif is_worker "$name"; then
    export SLIPWAY_WORKER_ID=$name
  fi
  if [ "$name" != runtime ]; then
    exec {DOOR_FD}>&- {SECURE_DOOR_FD}>&-
  else
    turn=first
    if [ -e "/proc/self/fd/$DOOR_FD" ]; then
      export SLIPWAY_DOOR=$DOOR_FD
      if [ -e "/proc/self/fd/$SECURE_DOOR_FD" ]; then
        SLIPWAY_DOOR+=,$SECURE_DOOR_FD
      fi
    fi
  fi
  exec setsid -- bash "$ROOT/launcher/turn.sh" "$turn" "${PROGRAM_COMMAND[@]}" </dev/null >>"$LOGS/$name.log" 2>&1 5>&- 8>&- 9>&-
}

# The number of a killed postgres may be another process's or thread's by now, and postgres would take that for itself and never start. It
# is replaced by one that nobody can have; whether something still uses the data, postgres finds out by the shared memory that the file names too.
postgres_lock_clear() {
  local lock=$SLIPWAY_HOME/postgres/data/postmaster.pid text
  local -a words=()
  text=$(cat -- "$lock" 2>/dev/null) || return 0
  mapfile -d '' -t words 2>/dev/null <"/proc/${text%%$'\n'*}/cmdline" || true
  if [[ ${words[0]:-} != "$SLIPWAY_HOME"/postgres/*/postgres ]]; then
    printf '%s\n' "$PID_OF_NOBODY" "${text#*$'\n'}" >"$lock"
  fi
}

# The embedded database's address and password, for our programs.
database_environment() {
  if [ -z "$EXTERNAL_DB" ]; then
    SLIPWAY_DB_URL="jdbc:postgresql://127.0.0.1:$SLIPWAY_DB_PORT/postgres"
    SLIPWAY_DB_USER=slipway
    SLIPWAY_DB_PASSWORD=$(<"$SLIPWAY_HOME/postgres/password")
  fi
  export SLIPWAY_DB_URL SLIPWAY_DB_USER SLIPWAY_DB_PASSWORD
}

# log_rotate FILE MEGABYTES: keeps one older file. The programs append, so a cut file just goes on from its start.
log_rotate() {
  if [ -f "$1" ] && (($(stat -c %s -- "$1") > $2 * 1048576)); then
    cp -- "$1" "$1.1" && : >"$1"
  fi
}
