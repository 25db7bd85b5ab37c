# shellcheck shell=bash
# `./slipway restart`: planned restarts, one program after the other.

command_restart() {
  local name
  local -a names=("$@")
  home_lock
  STEP_LOG=$LOGS/up.log
  programs_scan
  supervised || fail "Slipway isn't up" "./slipway up starts it"
  if [ ${#names[@]} -eq 0 ]; then
    mapfile -t names < <(program_names | grep -vx postgres)
  fi
  for name in "${names[@]}"; do
    [[ " $(program_names | paste -sd ' ') " == *" $name "* ]] || fail "there is no program \"$name\"" "programs: $(program_names | paste -sd ' ')"
  done
  jdk_need
  for name in "${names[@]}"; do
    step "Restarting $name" program_restart "$name"
  done
}

# runtime takes over from itself, so that no visitor notices; what others are asked meanwhile waits or is asked again.
program_restart() { # NAME
  local before
  programs_scan
  before=${PIDS[$1]:-}
  rm -f -- "$RUN/$1.deaths" # of long ago
  start_at_once "$1"
  supervisor_ring || return 1
  case $1 in
    runtime) runtime_follow ;;
    platform-server) program_stop "$1" TERM && wait_for "$1" healthy "$SLIPWAY_PLATFORM_PORT" ;;
    postgres) program_stop "$1" INT && wait_for "$1" postgres_restarted "$before" ;;
    *) program_stop "$1" TERM && wait_for "$1" worker_restarted "$1" "$before" ;;
  esac
}

postgres_restarted() { # PID-BEFORE
  programs_scan
  [ "${PIDS[postgres]:-$1}" != "$1" ] && postgres_ready
}

worker_restarted() { # NAME PID-BEFORE
  programs_scan
  [ "${PIDS[$1]:-$2}" != "$2" ] && worker_ready "$1"
}
