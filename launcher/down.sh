# shellcheck shell=bash
# `./slipway down`: stops the platform in an order in which nobody misses the one who went before. Apps keep running unless --apps.

STOP_LIMIT=20 # seconds for each program, then it is killed: everything acknowledged is in the database

command_down() {
  local apps=no network_kept= word
  for word in "$@"; do
    case $word in
      --apps) apps=yes ;;
      *) fail "down doesn't know $word" "./slipway down [--apps]" ;;
    esac
  done
  if [ ! -s "$SLIPWAY_HOME/installation" ]; then
    fail "there is no Slipway in $SLIPWAY_HOME" "SLIPWAY_HOME says where it is"
  fi
  mkdir -p -- "$RUN" "$LOGS"
  home_lock
  STEP_LOG=$LOGS/up.log
  step "Stopping Slipway" programs_stop
  if [ "$apps" = yes ]; then
    step "Removing the apps' containers, network and local images" apps_remove
    say "Slipway is down, and so are its apps. Data stay in $SLIPWAY_HOME."
    if [ -n "$network_kept" ]; then
      say "Docker keeps the apps' network, because it counts a connection to it. If no container of yours uses it, down --apps removes it after a restart of Docker."
    fi
  else
    say "Slipway is down. Apps keep running (down --apps stops them); data stay in $SLIPWAY_HOME."
  fi
}

programs_stop() {
  local name
  supervisor_stop
  programs_scan
  workers_stop
  program_stop platform-server TERM
  for name in "${!PIDS[@]}"; do
    if [[ $name == runtime-leaving-* ]]; then
      program_stop "$name" TERM
    fi
  done
  program_stop runtime TERM
  program_stop postgres INT # its fast shutdown: ends sessions, writes a checkpoint
  rm -f -- "$RUN"/*.pid "$RUN/wanted" "$RUN/door" "$RUN/environment"
}

# Everything but the supervisor and the front door: apps keep being served.
programs_stop_behind_door() {
  printf 'runtime\n' >"$RUN/wanted"
  workers_stop
  program_stop platform-server TERM
  program_stop postgres INT
}

workers_stop() {
  local name
  for name in "${!PIDS[@]}"; do
    if is_worker "$name"; then
      kill -TERM "${PIDS[$name]}" 2>/dev/null || true
    fi
  done
  for name in "${!PIDS[@]}"; do
    if is_worker "$name"; then
      program_stop "$name" TERM
    fi
  done
}

supervisor_stop() {
  local pid end=$((SECONDS + 5))
  programs_scan
  if [ -n "${PIDS[standby]:-}" ]; then
    kill -KILL "${PIDS[standby]}" 2>/dev/null || true # first, or it would take over
  fi
  pid=${PIDS[supervisor]:-}
  if [ -z "$pid" ]; then
    return
  fi
  kill -TERM "$pid" 2>/dev/null || true
  while supervised; do
    if ((SECONDS > end)); then
      kill -KILL "$pid" 2>/dev/null || true
    fi
    pause 0.02
  done
  rm -f -- "$RUN/supervisor.pid"
}

program_stop() { # NAME SIGNAL
  local pid=${PIDS[$1]:-} end=$((SECONDS + STOP_LIMIT))
  if [ -z "$pid" ]; then
    return
  fi
  kill "-$2" "$pid" 2>/dev/null || return 0
  while process_alive "$pid"; do
    if ((SECONDS > end)); then
      echo "$1 (pid $pid) didn't stop within $STOP_LIMIT s: killed"
      kill -KILL "$pid" 2>/dev/null || true
      end=$((SECONDS + STOP_LIMIT))
    fi
    pause 0.03
  done
}

# What builds of this installation left in the engine; names that people gave stay. The registry has those that apps can be rolled back to.
images_remove() {
  local docker repository tag digest
  local -a found=()
  docker=$(docker_candidates | head -n 1)
  if [ -z "$docker" ]; then
    return
  fi
  while IFS=' ' read -r repository tag digest; do
    if [[ $repository == "slipway-$SLIPWAY_INSTALLATION"/* || $repository == "127.0.0.1:$SLIPWAY_PLATFORM_PORT"/* ]]; then
      if [ "$tag" != "<none>" ]; then
        found+=("$repository:$tag")
      else
        found+=("$repository@$digest")
      fi
    fi
  done < <("$docker" image ls --digests --filter "label=dev.slipway.installation=$SLIPWAY_INSTALLATION" \
    --format '{{.Repository}} {{.Tag}} {{.Digest}}' | sort -u)
  if [ ${#found[@]} -gt 0 ]; then
    "$docker" image rm "${found[@]}" || echo "images that a container uses stay"
  fi
}

# Only what carries this installation's label. Sets network_kept of down when Docker refuses to remove the network.
apps_remove() {
  local docker label=label=dev.slipway.installation=$SLIPWAY_INSTALLATION
  local -a found
  docker=$(docker_candidates | head -n 1)
  if [ -z "$docker" ]; then
    return
  fi
  mapfile -t found < <("$docker" ps --all --quiet --filter "$label")
  if [ ${#found[@]} -gt 0 ]; then
    "$docker" rm --force --volumes "${found[@]}" || return 1
  fi
  mapfile -t found < <("$docker" network ls --quiet --filter "$label")
  if [ ${#found[@]} -gt 0 ]; then
    "$docker" network rm "${found[@]}" || network_kept=yes
  fi
  images_remove
}
