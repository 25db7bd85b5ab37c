# shellcheck shell=bash
# Where this installation lives and how it is set: the environment first, then what the home remembers, then the defaults.

declare -A SETTING_FROM=() # environment, home or default

# Every SLIPWAY_… variable is a setting, but for those that the launcher itself gives its programs.
settings_names() {
  compgen -e SLIPWAY_ | grep -vxE 'SLIPWAY_(HOME|INSTALLATION|DOCKER|WORKER_ID|TRAINING|LAUNCHER|BENCH_[A-Z]+|DOOR)'
}

settings_load() {
  SLIPWAY_HOME=$(readlink -m -- "${SLIPWAY_HOME:-$HOME/.slipway}")
  export SLIPWAY_HOME
  RUN=$SLIPWAY_HOME/run
  LOGS=$SLIPWAY_HOME/logs
  local name value
  for name in $(settings_names); do
    if [ -n "${!name}" ]; then
      SETTING_FROM[$name]=environment
    fi
  done
  if [ -r "$SLIPWAY_HOME/settings.env" ]; then
    while IFS='=' read -r name value; do
      if [[ $name =~ ^SLIPWAY_[A-Z_]+$ && -z ${SETTING_FROM[$name]:-} ]]; then
        SETTING_FROM[$name]=home
        export "$name=$value"
      fi
    done <"$SLIPWAY_HOME/settings.env"
  fi
  setting_default SLIPWAY_HTTP_PORT 8080
  setting_default SLIPWAY_HTTPS_PORT 0
  setting_default SLIPWAY_HTTP_BIND 0.0.0.0
  setting_default SLIPWAY_PLATFORM_PORT 8081
  setting_default SLIPWAY_DB_PORT 8082
  setting_default SLIPWAY_RUNTIME_PORT 8083
  setting_default SLIPWAY_DOMAIN localhost
  setting_default SLIPWAY_WORKERS 2
  settings_check
  EXTERNAL_DB=${SLIPWAY_DB_URL:+yes}
  if [ -r "$SLIPWAY_HOME/installation" ]; then
    SLIPWAY_INSTALLATION=$(<"$SLIPWAY_HOME/installation")
    export SLIPWAY_INSTALLATION
  fi
}

setting_default() {
  if [ -z "${SETTING_FROM[$1]:-}" ]; then
    SETTING_FROM[$1]=default
    export "$1=$2"
  fi
}

# The settings that are ports; https has none when it is off.
settings_ports() {
  printf '%s\n' SLIPWAY_HTTP_PORT SLIPWAY_PLATFORM_PORT SLIPWAY_DB_PORT SLIPWAY_RUNTIME_PORT
  if [ "$SLIPWAY_HTTPS_PORT" != 0 ]; then
    printf '%s\n' SLIPWAY_HTTPS_PORT
  fi
}

settings_check() {
  local name other
  for name in $(settings_ports); do
    if ! [[ ${!name} =~ ^[1-9][0-9]{0,4}$ ]] || ((${!name} > 65535)); then
      fail "$name=${!name} isn't a port number" "ports go from 1 to 65535"
    fi
    for other in $(settings_ports); do
      if [[ $name < $other && ${!name} == "${!other}" ]]; then
        fail "$name and $other are both ${!name}" "each needs a port of its own"
      fi
    done
  done
  if ! [[ $SLIPWAY_WORKERS =~ ^[0-9]{1,2}$ ]]; then
    fail "SLIPWAY_WORKERS=$SLIPWAY_WORKERS isn't a number of workers" "0 to 99"
  fi
  if ! [[ $SLIPWAY_DOMAIN =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]]; then
    fail "SLIPWAY_DOMAIN=$SLIPWAY_DOMAIN isn't a domain name" "for example apps.example.org; apps are then http://<app>.apps.example.org"
  fi
}

# The data directory (only for its owner), and this installation's id in it.
home_prepare() {
  if [ ! -d "$SLIPWAY_HOME" ]; then
    mkdir -p -- "$(dirname -- "$SLIPWAY_HOME")"
    mkdir -m 700 -- "$SLIPWAY_HOME" || fail "can't make the data directory $SLIPWAY_HOME" "choose another by SLIPWAY_HOME=/some/path"
  fi
  if [ ! -O "$SLIPWAY_HOME" ]; then
    fail "the data directory $SLIPWAY_HOME belongs to $(stat -c %U -- "$SLIPWAY_HOME"), not to you" \
      "run as that user, or choose another by SLIPWAY_HOME=/some/path"
  fi
  if [ "$(stat -c %a -- "$SLIPWAY_HOME")" != 700 ]; then
    chmod 700 -- "$SLIPWAY_HOME"
    say "Made $SLIPWAY_HOME readable to you alone (mode 0700)."
  fi
  mkdir -p -- "$RUN" "$LOGS"
  if [ ! -s "$SLIPWAY_HOME/installation" ]; then
    od -An -N6 -tx1 /dev/urandom | tr -d ' \n' >"$SLIPWAY_HOME/installation.new"
    mv -- "$SLIPWAY_HOME/installation.new" "$SLIPWAY_HOME/installation"
  fi
  SLIPWAY_INSTALLATION=$(<"$SLIPWAY_HOME/installation")
  export SLIPWAY_INSTALLATION
}

# What the first `up` was told stays, so that the next one needs no environment.
settings_save() {
  local name
  (
    umask 077
    for name in $(settings_names); do
      if [[ -n $EXTERNAL_DB || $name != SLIPWAY_DB_U* && $name != SLIPWAY_DB_PA* ]]; then
        printf '%s=%s\n' "$name" "${!name}"
      fi
    done >"$SLIPWAY_HOME/settings.env.new"
  )
  if [ ! -f "$SLIPWAY_HOME/settings.env" ]; then
    mv -- "$SLIPWAY_HOME/settings.env.new" "$SLIPWAY_HOME/settings.env"
  else
    rm -- "$SLIPWAY_HOME/settings.env.new"
  fi
}

# Sees to it that one `up` or `down` at a time works on this home.
home_lock() {
  exec 8>"$RUN/command.lock"
  if ! flock -n 8; then
    say "Another ./slipway is at work on $SLIPWAY_HOME: waiting for it."
    flock 8
  fi
}

public_url() {
  local scheme=http port=:$SLIPWAY_HTTP_PORT
  if [ "${SLIPWAY_SCHEME:-http}" = https ] && [ "$SLIPWAY_HTTPS_PORT" != 0 ]; then
    scheme=https port=:$SLIPWAY_HTTPS_PORT
  fi
  case $scheme$port in
    http:80 | https:443) port= ;;
  esac
  printf '%s://%s%s' "$scheme" "${1:+$1.}$SLIPWAY_DOMAIN" "$port"
}
