# shellcheck shell=bash
# `./slipway doctor`: looks, changes nothing, says how to mend.

DOCTOR_BAD=0

good() {
  printf '%s✓%s %s\n' "$GREEN" "$PLAIN" "$1"
}

bad() { # WHAT HOW-TO-MEND
  DOCTOR_BAD=$((DOCTOR_BAD + 1))
  printf '%s✗%s %s\n    → %s\n' "$RED" "$PLAIN" "$1" "$2"
}

odd() { # WHAT ADVICE
  printf '! %s\n    → %s\n' "$1" "$2"
}

command_doctor() {
  doctor_machine
  doctor_java
  doctor_docker
  doctor_home
  doctor_ports
  doctor_programs
  if ((DOCTOR_BAD > 0)); then
    printf '\n%d to mend.\n' "$DOCTOR_BAD"
    return 1
  fi
  printf '\nAll well.\n'
}

doctor_machine() {
  local megabytes
  case $(uname -s)/$(uname -m) in
    Linux/x86_64 | Linux/aarch64) good "$(uname -s) on $(uname -m)" ;;
    *) bad "$(uname -s) on $(uname -m) isn't supported" "Slipway runs on 64-bit Linux (x86-64, ARM)" ;;
  esac
  megabytes=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
  if ((megabytes < 1000)); then
    odd "only $megabytes MB of memory are free" "Slipway itself takes 600 MB; builds and apps come on top"
  else
    good "$megabytes MB of memory free"
  fi
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
    doctor_controllers "$(</sys/fs/cgroup/cgroup.controllers)"
  elif [ -d /sys/fs/cgroup/memory ] && [ -d /sys/fs/cgroup/pids ]; then
    good "cgroups (v1) can limit apps"
  else
    bad "no cgroups: the limits of apps can't be enforced" "mount /sys/fs/cgroup, or boot a kernel that has them"
  fi
  if command -v git >/dev/null; then
    good "$(git --version)"
  else
    odd "there is no git" "$(install_hint git)   (to push from here; the platform itself needs none)"
  fi
}

doctor_controllers() {
  local controller
  for controller in cpu memory pids; do
    if [[ " $1 " != *" $controller "* ]]; then
      bad "the cgroup controller $controller is off: apps can't be limited by it" "boot with cgroup_enable=$controller, or delegate it to this container"
      return
    fi
  done
  good "cgroups can limit CPU, memory and processes of apps"
}

doctor_java() {
  if jdk_find; then
    good "JDK $(jdk_version "$JDK") in $JDK"
  else
    bad "no JDK $JDK_NEEDED or newer (found: $(jdk_found))" "install temurin-$JDK_NEEDED-jdk from https://adoptium.net/installation/linux, or set JAVA_HOME"
    return
  fi
  maven_find
  if [ "$MAVEN" = "$ROOT/mvnw" ]; then
    good "Maven comes by ./mvnw"
  else
    good "Maven in $MAVEN"
  fi
}

doctor_docker() {
  local cli version working=
  cli=$(docker_candidates | head -n 1)
  if [ -z "$cli" ]; then
    bad "no docker" "$(install_hint docker.io)   (./slipway up does it, as root on Debian or Ubuntu)"
    return
  fi
  if ! version=$(docker_answers "$cli"); then
    if [[ $version == *"permission denied"* ]]; then
      bad "the user $(id -un) may not use Docker" "sudo usermod -aG docker $(id -un)   and log in again"
    else
      bad "Docker doesn't answer: ${version//$'\n'/ }" "start it (./slipway up does it, as root)"
    fi
    return
  fi
  good "Docker Engine $version"
  while read -r cli; do
    if docker_builds "$cli" 2>/dev/null; then
      good "$cli builds with BuildKit"
      working=yes
      break
    fi
    odd "$cli can't build with BuildKit" "no harm as long as another one can; else install docker-buildx-plugin (Docker's packages) or docker-buildx"
  done < <(docker_candidates)
  if [ -z "$working" ]; then
    bad "no docker here can build with BuildKit" "$(install_hint docker-buildx)   or Docker's own packages"
  fi
  doctor_watches "$(cat /proc/sys/fs/inotify/max_user_instances 2>/dev/null)"
}

doctor_watches() { # HOW-MANY
  if [[ $1 =~ ^[0-9]+$ ]] && (($1 < 512)); then
    odd "Docker can watch the logs of $1 containers at most, and asks four times a second for the rest" \
      "with more of them: sysctl -w fs.inotify.max_user_instances=1024   (and a line in /etc/sysctl.d, to keep it)"
  fi
}

doctor_home() {
  local free where=$SLIPWAY_HOME
  while [ ! -e "$where" ]; do
    where=$(dirname -- "$where")
  done
  free=$(df -Pm -- "$where" | awk 'NR == 2 { print $4 }')
  if ((free < 2000)); then
    bad "only $free MB free for $SLIPWAY_HOME" "free some space, or set SLIPWAY_HOME to another disk"
  else
    good "$((free / 1000)) GB free for $SLIPWAY_HOME"
  fi
  if [ -d "$SLIPWAY_HOME" ] && [ "$(stat -c %a -- "$SLIPWAY_HOME")" != 700 ]; then
    bad "$SLIPWAY_HOME has mode $(stat -c %a -- "$SLIPWAY_HOME"): others may read secrets in it" "chmod 700 $SLIPWAY_HOME"
  elif [ -d "$SLIPWAY_HOME" ]; then
    good "$SLIPWAY_HOME is yours alone (mode 0700)"
  fi
  if [ "$(id -u)" = 0 ] && [ -z "$EXTERNAL_DB" ]; then
    if unshare --user true 2>/dev/null; then
      good "PostgreSQL can run in a user namespace (it refuses to run as root)"
    else
      bad "no user namespaces, and PostgreSQL refuses to run as root" \
        "sysctl kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000, or run ./slipway as an ordinary user, or set SLIPWAY_DB_URL"
    fi
  fi
}

doctor_ports() {
  local name port holder
  programs_scan
  for name in HTTP HTTPS PLATFORM DB RUNTIME; do
    port=SLIPWAY_${name}_PORT
    if [ "${!port}" = 0 ]; then
      continue
    elif port_is_ours "$name"; then
      good "port ${!port} ($port) is ours"
    elif holder=$(port_holder "${!port}"); then
      bad "port ${!port} ($port) is taken by $holder" "stop it, or choose another: $port=$((${!port} + 1000)) ./slipway up"
    else
      good "port ${!port} ($port) is free"
    fi
  done
}

doctor_programs() {
  local name state
  if [ ! -s "$SLIPWAY_HOME/installation" ] || [ ! -s "$RUN/wanted" ]; then
    good "nothing runs for $SLIPWAY_HOME (./slipway up starts it)"
    return
  fi
  for name in $(program_names) supervisor; do
    state=$(program_state "$name")
    if [ "$state" = running ]; then
      good "$name runs (pid ${PIDS[$name]})"
    elif [ "$name" = supervisor ]; then
      bad "nobody watches over the programs" "./slipway up"
    else
      bad "$name is $state" "./slipway logs $name   says why"
    fi
  done
}
