# shellcheck shell=bash
# The container engine: finds a docker CLI that can build with BuildKit, installs and starts the engine where it may.

DOCKER_LOG=/var/log/slipway-dockerd.log

docker_candidates() {
  local path
  {
    printf '%s\n' "${SLIPWAY_DOCKER:-}"
    type -aP docker || true
    printf '%s\n' /usr/bin/docker
  } | while read -r path; do
    if [ -n "$path" ] && [ -x "$path" ]; then
      printf '%s\n' "$path"
    fi
  done | awk '!seen[$0]++'
}

# A real build, as `docker version` says nothing about it: a CLI without buildx may still find a working engine.
docker_builds() {
  local image
  image=$(printf 'FROM scratch\nLABEL dev.slipway.probe=1\n' | DOCKER_BUILDKIT=1 timeout 60 "$1" build --quiet -) || return 1
  timeout 20 "$1" image rm "$image" >/dev/null 2>&1 || true # another probe may have removed it: they are all the same image
}

docker_answers() {
  timeout 20 "$1" version --format '{{.Server.Version}}' 2>&1
}

# Sets SLIPWAY_DOCKER (and DOCKER_HOST) or ends the launcher with what to mend.
docker_ready() {
  local cli version
  cli=$(docker_candidates | head -n 1)
  if [ -z "$cli" ]; then
    install_packages "there is no container engine on this machine" docker.io ||
      fail "there is no Docker Engine on this machine" "$(install_hint docker.io)   (Slipway needs version 20.10 or newer)"
    cli=$(docker_candidates | head -n 1)
  fi
  version=$(docker_answers "$cli") || docker_start "$cli" "$version"
  docker_host "$cli"
  if docker_remembered; then
    return
  fi
  step "Looking for a docker that can build with BuildKit" docker_probe
  if [ -z "$SLIPWAY_DOCKER" ]; then
    install_packages "the docker on PATH can't build with BuildKit" docker.io docker-cli && docker_probe
  fi
  if [ -z "$SLIPWAY_DOCKER" ]; then
    fail "Docker answers, but none of these can build with BuildKit: $(docker_candidates | paste -sd ' ')" \
      "$(install_hint docker-buildx-plugin)   (or docker-buildx, as your distribution calls it)" \
      "try it: printf 'FROM scratch\nLABEL a=1\n' | DOCKER_BUILDKIT=1 docker build -"
  fi
  export SLIPWAY_DOCKER
  docker_fingerprint "$SLIPWAY_DOCKER" >"$SLIPWAY_HOME/docker"
}

docker_probe() {
  local candidate
  SLIPWAY_DOCKER=
  while read -r candidate; do
    if docker_builds "$candidate"; then
      SLIPWAY_DOCKER=$candidate
      return
    fi
  done < <(docker_candidates)
}

# One line: the CLI, and what tells whether it or the engine has changed since.
docker_fingerprint() {
  printf '%s %s %s\n' "$1" "$(stat -Lc %Y.%s -- "$1")" "$(docker_answers "$1")"
}

docker_remembered() {
  local line cli
  [ -r "$SLIPWAY_HOME/docker" ] || return 1
  line=$(<"$SLIPWAY_HOME/docker")
  cli=${line%% *}
  [ -x "$cli" ] && [[ -z ${SLIPWAY_DOCKER:-} || $SLIPWAY_DOCKER == "$cli" ]] && [ "$line" = "$(docker_fingerprint "$cli")" ] || return 1
  export SLIPWAY_DOCKER=$cli
}

# Our programs speak to the engine that the CLI speaks to.
docker_host() {
  if [ -z "${DOCKER_HOST:-}" ]; then
    DOCKER_HOST=$("$1" context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null) || DOCKER_HOST=unix:///var/run/docker.sock
  fi
  export DOCKER_HOST
}

docker_start() { # CLI WHAT-IT-SAID
  if [[ $2 == *"permission denied"* ]]; then
    fail "the user $(id -un) may not use Docker (permission denied at ${DOCKER_HOST:-/var/run/docker.sock})" "sudo usermod -aG docker $(id -un)   and log in again"
  fi
  if [ "$(id -u)" != 0 ] || [ -n "${DOCKER_HOST:-}" ]; then
    fail "Docker doesn't answer: $2" "sudo systemctl start docker   (or start your engine)${DOCKER_HOST:+; DOCKER_HOST is $DOCKER_HOST}"
  fi
  if [ -d /run/systemd/system ]; then
    say "Starting Docker (systemctl start docker)."
    systemctl start docker || fail "Docker doesn't start" "systemctl status docker   says why"
  elif ! command -v dockerd >/dev/null; then
    install_packages "there is a docker client, but no engine" docker.io ||
      fail "Docker doesn't answer, and there is no dockerd to start: $2" "$(install_hint docker.io)"
  fi
  if ! [ -d /run/systemd/system ]; then
    docker_daemon
  fi
  step "Waiting for Docker to answer" docker_wait "$1"
}

# Where no systemd looks after it. It stays when Slipway stops: apps run in it.
docker_daemon() {
  if pidof dockerd >/dev/null; then
    return
  fi
  say "Starting Docker (dockerd, log in $DOCKER_LOG)."
  setsid -- bash "$ROOT/launcher/turn.sh" later dockerd >>"$DOCKER_LOG" 2>&1 </dev/null 5>&- 8>&- 3>&- 4>&- &
  disown
}

docker_wait() {
  local end=$((SECONDS + 60))
  until docker_answers "$1" >/dev/null; do
    if ! [ -d /run/systemd/system ] && command -v dockerd >/dev/null; then
      docker_daemon # one that was about to end when it was looked for has ended by now
    fi
    if ((SECONDS > end)); then
      echo "Docker didn't answer within a minute"
      if [ -r "$DOCKER_LOG" ]; then
        tail -n 10 "$DOCKER_LOG"
      fi
      return 1
    fi
    pause 0.3
  done
}
