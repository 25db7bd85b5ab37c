# shellcheck shell=bash
# AOT caches: what a JVM learns about classes in a training run makes the next starts about twice as fast and the processes smaller.
# A program asked to train (SLIPWAY_TRAIN=1, or Spring's exit on refresh) initialises everything and exits with 0.

# One cache per kind of program, once per build. Without a cache everything works, only slower, so a failure is no failure.
train_caches() {
  local kind missing=()
  for kind in platform-server runtime worker; do
    if [ ! -e "$PROGRAMS/$kind.aot" ]; then
      missing+=("$kind")
    fi
  done
  if [ ${#missing[@]} -gt 0 ]; then
    step "Training AOT caches (once per build)" train_all "${missing[@]}"
  fi
}

train_all() {
  local kind
  for kind in "$@"; do
    (train "$kind" || : >"$PROGRAMS/$kind.aot") & # an empty one: not tried again for this build
  done
  wait
}

train() {
  local kind=$1 draft=$PROGRAMS/$1.aot.new log=$LOGS/training-$1.log
  local -a command=("$JDK/bin/java" "-XX:AOTCacheOutput=$draft" "@$PROGRAMS/$kind.args")
  if [ "$kind" = platform-server ]; then
    command+=(-Dspring.context.exit=onRefresh)
  fi
  command+=("$(program_main "$kind")")
  rm -f -- "$draft"
  if ! SLIPWAY_TRAIN=1 SLIPWAY_WORKER_ID=training timeout -k 5 120 "${command[@]}" >"$log" 2>&1 </dev/null || [ ! -s "$draft" ]; then
    rm -f -- "$draft" "$draft".*
    echo "no AOT cache for $kind: see $log"
    return 1
  fi
  rm -f -- "$draft".config
  mv -- "$draft" "$PROGRAMS/$kind.aot"
}
