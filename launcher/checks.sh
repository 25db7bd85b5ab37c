# shellcheck shell=bash
# `./slipway test` and `./slipway bench`.

command_test() {
  local word rest=() settings
  for word in "$@"; do
    case $word in
      --no-install) MAY_INSTALL=no ;;
      *) rest+=("$word") ;; # for Maven, such as -Dtest=…
    esac
  done
  mkdir -p -- "$ROOT/target"
  jdk_need
  test_needs
  SLIPWAY_HOME=$ROOT/target/test-home # where the probe's answer is remembered; the tests make homes of their own
  mkdir -p -- "$SLIPWAY_HOME"
  docker_ready
  maven_find
  cd -- "$ROOT" || exit 1
  mapfile -t settings < <(compgen -e SLIPWAY_)
  unset "${settings[@]}"
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  exec "$MAVEN" -B -ntp verify "${rest[@]}" 3>&- 4>&- 5>&-
}

# A browser, a static busybox for base images, and git: what the tests run against.
test_needs() {
  local missing=()
  command -v git >/dev/null || missing+=(git)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v ip >/dev/null || missing+=(iproute2)
  static_busybox >/dev/null || missing+=(busybox-static)
  if [ ${#missing[@]} -gt 0 ]; then
    install_packages "the tests need them" "${missing[@]}" || fail "the tests need ${missing[*]}" "$(install_hint "${missing[@]}")"
  fi
}

command_bench() {
  local name=${1:-}
  case $name in
    push | releases | crashes | restarts | outage | flood) ;;
    apps) peers_need nginx ;;
    router) peers_need nginx caddy ;;
    *) fail "there is no bench \"$name\"" "./slipway bench push|releases|crashes|restarts|outage|flood|apps|router [--quick]" ;;
  esac
  shift
  jdk_need
  bench_build
  command_up
  BENCH_TOKEN=$(new_token bench) || fail "couldn't make a token: $(tail -n 1 -- "$LOGS/token.log")"
  if [ -z "$EXTERNAL_DB" ]; then
    unset SLIPWAY_DB_URL SLIPWAY_DB_USER SLIPWAY_DB_PASSWORD # the bench calls this launcher, which would take them for a database of one's own
  fi
  export SLIPWAY_BENCH_TOKEN=$BENCH_TOKEN SLIPWAY_LAUNCHER=$ROOT/slipway SLIPWAY_BENCH_RUNTIME=$PROGRAMS/runtime.args
  exec 8>&-
  "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$ROOT/bench/target/slipway-bench-0.1.0.jar:$ROOT/bench/target/lib/*" dev.slipway.bench.Bench "$name" "$@"
}

# What is compared with, as the distribution has it. Unpacked and not installed: a package would start its server.
peers_need() { # NAME...
  local name peers=$ROOT/target/peers
  mkdir -p -- "$peers"
  STEP_LOG=$ROOT/target/bench.log
  for name in "$@"; do
    if command -v "$name" >/dev/null; then
      export "SLIPWAY_BENCH_${name^^}=$(command -v "$name")"
      continue
    fi
    if [ ! -x "$peers/usr/sbin/$name" ] && [ ! -x "$peers/usr/bin/$name" ]; then
      command -v apt-get >/dev/null && command -v dpkg >/dev/null || fail "the bench compares with $name, which isn't here" "$(install_hint "$name")"
      step "Fetching $name" peer_fetch "$name" "$peers" || fail "couldn't fetch $name" "$(install_hint "$name")"
    fi
    [ -x "$peers/usr/sbin/$name" ] || [ -x "$peers/usr/bin/$name" ] || fail "the package $name has no program of that name here" "$(install_hint "$name")"
    export "SLIPWAY_BENCH_${name^^}=$(find "$peers/usr/sbin/$name" "$peers/usr/bin/$name" -print -quit 2>/dev/null)"
  done
}

peer_fetch() ( # NAME DIRECTORY
  cd -- "$2" || return 1
  apt-get download -q "$1" || { apt-get update -q && apt-get download -q "$1"; } || return 1
  for file in "$1"_*.deb; do
    dpkg -x "$file" . || return 1
  done
)

bench_build() {
  local jar=$ROOT/bench/target/slipway-bench-0.1.0.jar
  mkdir -p -- "$ROOT/target"
  STEP_LOG=$ROOT/target/bench.log
  if [ -f "$jar" ] && [ -z "$(find "$ROOT/bench/pom.xml" "$ROOT/bench/src/main" -newer "$jar" -print -quit)" ]; then
    return
  fi
  maven_find
  step "Building the bench" bench_package
}

bench_package() {
  cd -- "$ROOT" && "$MAVEN" -B -q -ntp -DskipTests -pl bench package
}
