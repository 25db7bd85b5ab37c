# shellcheck shell=bash
# `./slipway up`: from whatever there is to a platform that is ready.

READY_LIMIT=120 # seconds

command_up() {
  local demo=no may_build=yes word
  for word in "$@"; do
    case $word in
      --demo) demo=yes ;;
      --no-install) MAY_INSTALL=no ;;
      --no-build) may_build=no ;;
      *) fail "up doesn't know $word" "./slipway up [--demo] [--no-install] [--no-build]" ;;
    esac
  done
  home_prepare
  home_lock
  STEP_LOG=$LOGS/up.log
  log_rotate "$STEP_LOG" 1
  jdk_need
  programs_scan
  ports_check # before minutes of building
  docker_ready
  build_ready "$may_build"
  up_programs
  settings_save
  up_say
  if [ "$demo" = yes ]; then
    demo_run
  fi
}

up_programs() {
  local configuration name
  train_caches
  configuration=$(programs_configuration)
  programs_scan
  if up_already "$configuration"; then
    return
  fi
  database_check
  if [ "$configuration" != "$(cat -- "$RUN/configuration" 2>/dev/null)" ] && [ ${#PIDS[@]} -gt 0 ]; then
    if door_stays; then
      step "Stopping what runs with an older build or other settings, but for the front door" programs_stop_behind_door
    else
      step "Stopping what runs with an older build or other settings" programs_stop
    fi
    programs_scan
  fi
  ports_check
  printf '%s' "$BUILD" >"$RUN/build"
  printf '%s' "$configuration" >"$RUN/configuration"
  rm -f -- "$RUN"/*.deaths
  while read -r name; do
    if [ -z "${PIDS[$name]:-}" ]; then
      start_at_once "$name"
    fi
  done < <(program_names)
  database_start
  step "Starting platform-server, runtime and $SLIPWAY_WORKERS workers" programs_start
  build_forget_old
}

# However often it died and however short it ran, the supervisor doesn't let it wait.
start_at_once() { # PROGRAM
  : >"$RUN/$1.restart"
}

# Everything runs as it should: nothing to start.
up_already() {
  local name
  [ "$1" = "$(cat -- "$RUN/configuration" 2>/dev/null)" ] && supervised && supervisor_current || return 1
  while read -r name; do
    [ -n "${PIDS[$name]:-}" ] || return 1
  done < <(program_names)
  database_environment
  healthy "$SLIPWAY_PLATFORM_PORT" && healthy "$SLIPWAY_RUNTIME_PORT" || return 1
  say "Slipway is running already."
}

# A port that someone else holds is named before anything starts. Internal ports that nobody chose move up to a free one.
ports_check() {
  local name holder port
  for name in HTTP HTTPS PLATFORM RUNTIME DB; do
    port=SLIPWAY_${name}_PORT
    if [ "$name" = DB ] && [ -n "$EXTERNAL_DB" ] || [ "${!port}" = 0 ] || port_is_ours "$name"; then
      continue
    fi
    if holder=$(port_holder "${!port}"); then
      if [[ $name == HTTP* ]] || [ "${SETTING_FROM[$port]}" = environment ]; then
        fail "port ${!port} ($port) is taken by $holder" "choose another: $port=$((${!port} + 1000)) ./slipway up"
      fi
      port_move "$port" "$holder"
    fi
  done
}

port_is_ours() {
  case $1 in
    HTTP | HTTPS) [ -n "${PIDS[runtime]:-}${PIDS[supervisor]:-}" ] ;;
    RUNTIME) [ -n "${PIDS[runtime]:-}" ] ;;
    PLATFORM) [ -n "${PIDS[platform-server]:-}" ] ;;
    DB) [ -n "${PIDS[postgres]:-}" ] ;;
  esac
}

port_move() { # SETTING HOLDER
  local from=${!1} to=$((${!1} + 1))
  while port_holder "$to" >/dev/null || [[ " $SLIPWAY_HTTP_PORT $SLIPWAY_HTTPS_PORT $SLIPWAY_PLATFORM_PORT $SLIPWAY_DB_PORT $SLIPWAY_RUNTIME_PORT " == *" $to "* ]]; do
    to=$((to + 1))
  done
  say "Port $from ($1) is taken by $2: using $to."
  export "$1=$to"
  if [ -f "$SLIPWAY_HOME/settings.env" ]; then
    sed -i "s/^$1=.*/$1=$to/" "$SLIPWAY_HOME/settings.env" # or the next \`up\` would move back, by a restart
  fi
}

# Where the front door listens: for http, and for https where that is on.
door_address() {
  printf '%s:%s' "$SLIPWAY_HTTP_BIND" "$SLIPWAY_HTTP_PORT"
  if [ "$SLIPWAY_HTTPS_PORT" != 0 ]; then
    printf ',%s' "$SLIPWAY_HTTPS_PORT"
  fi
}

# Does the supervisor hold the front door's sockets, at the address that is wanted now?
door_stays() {
  [ -n "${PIDS[runtime]:-}" ] && supervised && [ -e "/proc/${PIDS[supervisor]:-none}/fd/$DOOR_FD" ] &&
    [ "$(cat -- "$RUN/door" 2>/dev/null)" = "$(door_address)" ]
}

supervisor_start() {
  if ! supervised; then
    environment_save
    door_open "$BASH" "$ROOT/launcher/supervisor.sh" "$SLIPWAY_HOME" </dev/null >>"$LOGS/supervisor.log" 2>&1 3>&- 4>&- 5>&- 7>&- 8>&- &
    disown
  elif ! supervisor_current || ! environment_print | cmp -s - "$RUN/environment"; then
    environment_save
    programs_scan
    rm -f -- "$RUN/supervisor.pid"
    kill -USR2 "${PIDS[supervisor]}"
  fi
  supervisor_ring
}

supervisor_current() {
  [ "$(cat -- "$RUN/supervisor.edition" 2>/dev/null)" = "$(supervisor_edition)" ]
}

# Has it read what it should do, as soon as it can.
supervisor_ring() {
  local end=$((SECONDS + 20))
  until supervisor_listens && kill -USR1 "${PIDS[supervisor]}" 2>/dev/null; do
    if ((SECONDS > end)); then
      echo "the supervisor doesn't start; $LOGS/supervisor.log may say why"
      return 1
    fi
    pause 0.02
  done
}

# door_open PROGRAM ARGUMENT...: opens the front door's sockets and becomes the program, which has them then.
door_open() {
  local descriptors=$DOOR_FD ports=$SLIPWAY_HTTP_PORT
  if [ "$SLIPWAY_HTTPS_PORT" != 0 ]; then
    descriptors+=,$SECURE_DOOR_FD ports+=,$SLIPWAY_HTTPS_PORT
  fi
  door_address >"$RUN/door"
  exec setsid -- "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-MaxFDLimit -Xmx32m --enable-native-access=ALL-UNNAMED \
    -cp "$PROGRAMS/runtime/slipway-runtime-0.1.0.jar" dev.slipway.runtime.handover.OpenDoor "$descriptors" "$SLIPWAY_HTTP_BIND" "$ports" "$@"
}

environment_save() {
  (
    umask 077
    environment_print >"$RUN/environment.new"
  )
  mv -- "$RUN/environment.new" "$RUN/environment"
}

# It writes its pid as soon as signals don't end it any more. Its lock isn't looked at, as looking takes it for a moment.
supervisor_listens() {
  [ -s "$RUN/supervisor.pid" ] && programs_scan && [ "${PIDS[supervisor]:-none}" = "$(cat -- "$RUN/supervisor.pid" 2>/dev/null)" ]
}

# want PROGRAM...: what the supervisor keeps running from now on.
want() {
  printf '%s\n' "$@" >"$RUN/wanted.new"
  mv -- "$RUN/wanted.new" "$RUN/wanted"
  supervisor_start
}

# A database that can't be used is found before anything stops for it.
database_check() {
  local trouble
  if [ -n "$EXTERNAL_DB" ]; then
    trouble=$("$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(class_path db)" dev.slipway.db.DatabaseCheck 2>>"$STEP_LOG") ||
      fail "the database of SLIPWAY_DB_URL, as user ${SLIPWAY_DB_USER:-slipway}, can't be used: ${trouble:-see $STEP_LOG}" \
        "set SLIPWAY_DB_URL, SLIPWAY_DB_USER and SLIPWAY_DB_PASSWORD; the first \`up\` that succeeds keeps them in $SLIPWAY_HOME/settings.env"
  elif [ -s "$SLIPWAY_HOME/database" ] && [ ! -d "$SLIPWAY_HOME/postgres/data" ]; then
    fail "the database of this home isn't here: by an empty one all apps that run would be unknown, and removed" \
      "if it is a PostgreSQL of your own: set SLIPWAY_DB_URL, SLIPWAY_DB_USER and SLIPWAY_DB_PASSWORD as they were" \
      "if it was $SLIPWAY_HOME/postgres/data: put that back" \
      "if the home may begin anew: rm $SLIPWAY_HOME/database"
  fi
}

database_start() {
  if [ -n "$EXTERNAL_DB" ]; then
    database_environment
    return
  fi
  step "Preparing PostgreSQL" postgres_prepare
  database_environment
  if ! postgres_ready; then
    step "Starting PostgreSQL" postgres_start
  fi
}

# Unpacks PostgreSQL and makes its data directory, once per build.
postgres_prepare() {
  local user
  user=$(<"$RUN/build")
  if [ -s "$RUN/postgres.command" ] && [ "$user" = "$(cat -- "$RUN/postgres.build" 2>/dev/null)" ] && [ -d "$SLIPWAY_HOME/postgres/data" ]; then
    return
  fi
  "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(class_path db)" dev.slipway.db.embedded.EmbeddedPostgres "$SLIPWAY_HOME" \
    >"$RUN/postgres.command.new" || return 1
  mv -- "$RUN/postgres.command.new" "$RUN/postgres.command"
  printf '%s' "$user" >"$RUN/postgres.build"
}

# PostgreSQL writes its own state into the eighth line of postmaster.pid, as pg_ctl reads it.
postgres_ready() {
  local -a lines
  mapfile -t lines 2>/dev/null <"$SLIPWAY_HOME/postgres/data/postmaster.pid" || return 1
  [ "${lines[0]:-}" = "${PIDS[postgres]:-none}" ] || programs_scan
  [[ ${lines[7]:-} == ready* && ${lines[0]:-} == "${PIDS[postgres]:-none}" ]]
}

postgres_start() {
  want postgres ${PIDS[runtime]:+runtime}
  wait_for postgres postgres_ready
}

programs_start() {
  local name
  local -a names
  mapfile -t names < <(program_names)
  if [ "$(cat -- "$RUN/schema" 2>/dev/null)" != "$BUILD" ]; then # the others need the tables as this build knows them
    mapfile -t names < <(program_names | grep -xE "postgres|platform-server${PIDS[runtime]:+|runtime}")
    want "${names[@]}"
    wait_for platform-server healthy "$SLIPWAY_PLATFORM_PORT" || return 1
    printf '%s' "$BUILD" >"$RUN/schema"
    mapfile -t names < <(program_names)
  fi
  want "${names[@]}"
  wait_for platform-server healthy "$SLIPWAY_PLATFORM_PORT" || return 1
  if process_runs runtime && ! cmp -s "$RUN/runtime.configuration" "$RUN/configuration"; then
    runtime_follow || return 1
  fi
  wait_for runtime healthy "$SLIPWAY_RUNTIME_PORT" || return 1
  for name in "${names[@]}"; do
    if is_worker "$name"; then
      wait_for "$name" worker_ready "$name" || return 1
    fi
  done
}

# Another run of runtime takes over from the present one; returns when it has.
runtime_follow() {
  local before
  before=$(cat -- "$RUN/runtime.pid" 2>/dev/null)
  : >"$RUN/runtime.follow"
  supervisor_ring || return 1
  wait_for runtime runtime_follows "$before"
}

runtime_follows() { # PID-BEFORE
  local now
  now=$(cat -- "$RUN/runtime.pid" 2>/dev/null)
  [ -n "$now" ] && [ "$now" != "$1" ] && healthy "$SLIPWAY_RUNTIME_PORT" && [[ $HTTP_BODY == "ready $now"* ]]
}

# wait_for PROGRAM TEST...: until the test holds; gives up when the program keeps dying.
wait_for() {
  local name=$1 end=$((SECONDS + READY_LIMIT)) deaths
  shift
  until "$@"; do
    deaths=$(cat -- "$RUN/$name.deaths" 2>/dev/null || echo 0)
    if ((deaths >= 3 || SECONDS > end)); then
      echo "$name doesn't get ready; the last lines of $LOGS/$name.log:"
      tail -n 20 -- "$LOGS/$name.log"
      echo "(it is tried again and again until ./slipway down)"
      return 1
    fi
    pause 0.05
  done
}

up_say() {
  local password=$SLIPWAY_HOME/admin-password
  say
  say "${BOLD}Slipway is up: $(public_url)/$PLAIN"
  if [ -f "$password" ] && [ ! "$RUN/password-shown" -nt "$password" ]; then
    say "  Log in as user admin, password $(<"$password")"
    say "  (it stays in $password until you change it)"
    : >"$RUN/password-shown"
  elif [ -f "$password" ]; then
    say "  Log in as user admin; the password is in $password"
  fi
}
