# shellcheck shell=bash
# AOT caches: what a JVM learns about classes and hot methods in one run makes the next starts twice as fast and the processes smaller.
# The training run is a whole platform in a scratch home (own database, own ports, own installation id) that pushes the sample app once:
# it touches nothing of a platform that runs meanwhile. Without caches everything works, only slower, so a failed training is no failure.

TRAINED=(platform-server runtime worker)
TRAINING_MEMORY=1500 # MB that must be free

train_caches() {
  local kind missing=no
  for kind in "${TRAINED[@]}"; do
    if [ ! -e "$PROGRAMS/$kind.aot" ]; then
      missing=yes
    fi
  done
  if [ "$missing" = no ] || (($(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo) < TRAINING_MEMORY)); then
    return
  fi
  exec 7>"$ROOT/.programs/lock"
  flock 7
  step "Training AOT caches (once per build)" train
  exec 7>&-
}

train() {
  local kind scratch=$PROGRAMS/training
  rm -f -- "$PROGRAMS"/*.aot.new*
  (train_in "$scratch") || echo "the training ended early"
  if ! [ -s "$PROGRAMS/platform-server.aot.new" ]; then # somebody may have taken a port meanwhile, say
    (train_in "$scratch") || echo "the training ended early again"
  fi
  for kind in "${TRAINED[@]}"; do
    if [ -s "$PROGRAMS/$kind.aot.new" ] && train_check "$kind"; then
      mv -- "$PROGRAMS/$kind.aot.new" "$PROGRAMS/$kind.aot"
    elif [ ! -e "$PROGRAMS/$kind.aot" ]; then
      say "No AOT cache for $kind: it works without, but starts slower and takes more memory. $PROGRAMS/training-logs says why."
      : >"$PROGRAMS/$kind.aot" # an empty one: not tried again for this build
    fi
  done
  cp -r -- "$scratch/logs/." "$PROGRAMS/training-logs/" 2>/dev/null || true
  rm -rf -- "$scratch" "$PROGRAMS"/*.aot.new*
}

# A cache that the program's own options can't use (a heap too small for its objects, say) would end each start.
train_check() { # KIND
  "$JDK/bin/java" "-XX:AOTCache=$PROGRAMS/$1.aot.new" "@$PROGRAMS/$1.args" -version >/dev/null
}

train_in() { # HOME; in a subshell
  local -a settings
  exec 3>&1 4>&2
  mapfile -t settings < <(settings_names)
  unset "${settings[@]}" SLIPWAY_INSTALLATION
  SETTING_FROM=()
  free_ports
  export SLIPWAY_HOME=$1 SLIPWAY_HTTP_BIND=127.0.0.1 SLIPWAY_WORKERS=1 SLIPWAY_TRAINING=yes
  settings_load
  train_abandon # what an earlier training left that was killed
  home_prepare
  trap 'trap - INT TERM HUP; train_abandon; kill -INT "$BASHPID"' INT TERM HUP
  STEP_LOG=$LOGS/up.log
  mkdir -p -- "$PROGRAMS/training-logs"
  printf '%s' "$BUILD" >"$RUN/build"
  (database_start && step "Starting to train" programs_start && demo_run) || cat -- "$STEP_LOG"
  train_end
  apps_remove
}

# The caches are written as the programs end, which takes them a while: all at once.
train_end() {
  local kind
  STOP_LIMIT=240
  supervisor_stop
  for kind in w1 runtime platform-server; do
    if [ -n "${PIDS[$kind]:-}" ]; then
      kill -TERM "${PIDS[$kind]}" || true
    fi
  done
  programs_stop
}

# Ends a training without caring for its caches.
train_abandon() {
  local pid
  if [ -s "$SLIPWAY_HOME/installation" ]; then
    supervisor_stop
    for pid in "${PIDS[@]}"; do
      kill -KILL "$pid" 2>/dev/null || true
    done
    apps_remove
  fi
  rm -rf -- "$SLIPWAY_HOME"
}

# Sets the four ports of a scratch platform, below those that the kernel gives to whoever asks for any.
free_ports() {
  local name port=$((10000 + RANDOM % 20000))
  for name in HTTP PLATFORM DB RUNTIME; do
    while port_holder "$port" >/dev/null; do
      port=$((port + 1))
    done
    export "SLIPWAY_${name}_PORT=$port"
    port=$((port + 1))
  done
  export SLIPWAY_HTTPS_PORT=0
}
