# shellcheck shell=bash
# `./slipway status`, `logs` and `token`.

declare -A MEMORY=()

command_status() {
  local json=no word name rows=()
  for word in "$@"; do
    case $word in
      --json) json=yes ;;
      *) fail "status doesn't know $word" "./slipway status [--json]" ;;
    esac
  done
  if [ ! -s "$SLIPWAY_HOME/installation" ]; then
    fail "there is no Slipway in $SLIPWAY_HOME that you may read" "./slipway up makes one; SLIPWAY_HOME says where"
  fi
  programs_scan
  memory_scan
  for name in $(program_names) supervisor; do
    rows+=("$name ${PIDS[$name]:-0} $(program_state "$name") ${MEMORY[${PIDS[$name]:-0}]:-0}")
  done
  if [ "$json" = yes ]; then
    status_json "${rows[@]}"
  else
    status_table "${rows[@]}"
  fi
}

program_state() {
  local port=
  case $1 in
    platform-server) port=$SLIPWAY_PLATFORM_PORT ;;
    runtime) port=$SLIPWAY_RUNTIME_PORT ;;
  esac
  if [ -z "${PIDS[$1]:-}" ]; then
    if [ -n "${PIDS[supervisor]:-}" ] && grep -qxF -- "$1" "$RUN/wanted" 2>/dev/null; then
      printf restarting
    else
      printf stopped
    fi
  elif [ -n "$port" ] && ! healthy "$port"; then
    printf starting
  else
    printf running
  fi
}

# Sets MEMORY (pid → resident bytes, with its descendants: PostgreSQL is a family of processes).
memory_scan() {
  local pid parent pages top size
  local -A parent_of=() own=()
  MEMORY=()
  size=$(getconf PAGESIZE)
  while read -r pid parent; do
    parent_of[$pid]=$parent
  done < <(sed -n 's/^\([0-9]*\) (.*) . \([0-9]*\) .*/\1 \2/p' /proc/[0-9]*/stat 2>/dev/null)
  for pid in "${PIDS[@]}"; do
    own[$pid]=yes
  done
  for pid in "${!parent_of[@]}"; do
    top=$pid
    while [ -n "$top" ] && [ "$top" != 0 ] && [ -z "${own[$top]:-}" ]; do
      top=${parent_of[$top]:-}
    done
    if [ -n "$top" ] && [ "$top" != 0 ]; then
      read -r _ pages _ 2>/dev/null <"/proc/$pid/statm" || continue
      MEMORY[$top]=$((${MEMORY[$top]:-0} + pages * size))
    fi
  done
}

status_json() {
  local row name pid state rss separator=
  printf '{"dashboard":"%s/","api":"%s/api/v1","git":"%s/git","registry":"%s","home":"%s","programs":[' \
    "$(public_url)" "$(public_url)" "$(public_url)" "$(public_url)" "$(json_escape "$SLIPWAY_HOME")"
  for row in "$@"; do
    read -r name pid state rss <<<"$row"
    printf '%s{"name":"%s","pid":%s,"state":"%s","rss":%s}' "$separator" "$name" "${pid/#0/null}" "$state" "$rss"
    separator=,
  done
  printf ']}\n'
}

json_escape() {
  local text=${1//\\/\\\\}
  printf '%s' "${text//\"/\\\"}"
}

status_table() {
  local row name pid state rss sum=0
  say "Dashboard  $(public_url)/"
  say "API        $(public_url)/api/v1"
  say "Git        $(public_url)/git/<app>.git"
  say "Registry   $(public_url)"
  say "Data       $SLIPWAY_HOME"
  say
  printf '%-16s %8s  %-10s %8s\n' PROGRAM PID STATE MEMORY
  for row in "$@"; do
    read -r name pid state rss <<<"$row"
    printf '%-16s %8s  %-10s %5d MB\n' "$name" "${pid/#0/-}" "$state" $((rss / 1000000))
    sum=$((sum + rss))
  done
  printf '%-16s %8s  %-10s %5d MB\n' '' '' '' $((sum / 1000000))
}

command_logs() {
  local word follow=no files=() names=()
  for word in "$@"; do
    case $word in
      -f) follow=yes ;;
      -*) fail "logs doesn't know $word" "./slipway logs [PROGRAM] [-f]" ;;
      *) names+=("$word") ;;
    esac
  done
  if [ ${#names[@]} -eq 0 ]; then
    mapfile -t names < <(program_names; echo supervisor)
  fi
  for word in "${names[@]}"; do
    if [[ $word != *[!a-z0-9-]* && -f $LOGS/$word.log ]]; then
      files+=("$LOGS/$word.log")
    elif [ $# -gt 0 ]; then
      fail "there is no log of \"$word\" in $LOGS" "programs: $(program_names | paste -sd ' ') supervisor"
    fi
  done
  if [ ${#files[@]} -eq 0 ]; then
    fail "there are no logs in $LOGS yet" "./slipway up starts the programs"
  fi
  if [ "$follow" = yes ]; then
    exec tail -n 50 -F -- "${files[@]}"
  fi
  tail -n 100 -- "${files[@]}"
}

# Prints the token alone. Only who may read the data directory can ask for it.
command_token() {
  local name=${1:-command line}
  if [ $# -gt 1 ]; then
    fail "a token has one name" "./slipway token \"my laptop\""
  fi
  [ -r "$SLIPWAY_HOME/settings.env" ] || fail "there is no Slipway in $SLIPWAY_HOME that you may read" "./slipway up makes one"
  jdk_need
  new_token "$name" || fail "couldn't make a token: $(tail -n 1 -- "$LOGS/token.log" 2>/dev/null)" "is the database up? ./slipway status"
}

command_env() {
  if [ $# -ne 1 ]; then
    fail "env wants the name of an app" "./slipway env shop > shop.env"
  fi
  [ -r "$SLIPWAY_HOME/settings.env" ] || fail "there is no Slipway in $SLIPWAY_HOME that you may read" "./slipway up makes one"
  jdk_need
  PROGRAMS=$ROOT/.programs/$(<"$RUN/build")
  database_environment
  local said=$LOGS/env.log
  "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "$(class_path ui)" dev.slipway.platform.config.PrintEnv "$1" 2>"$said" ||
    fail "$(tail -n 1 -- "$said")" "is the app's name right, and the database up? ./slipway status"
}

new_token() {
  PROGRAMS=$ROOT/.programs/$(<"$RUN/build")
  database_environment
  "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp "$(class_path ui)" dev.slipway.platform.access.NewToken "$1" 2>"$LOGS/token.log"
}
