# shellcheck shell=bash
# What the person at the terminal sees: steps with their times, notes, and failures that say what to do.

exec 3>&1 4>&2
exec 5<> <(:) # never readable: `read -t` on it waits without a process of its own
STEP_TICKER=
STEP_LOG=/dev/null

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
  GREEN=$'\e[32m' RED=$'\e[31m' DIM=$'\e[2m' BOLD=$'\e[1m' PLAIN=$'\e[0m'
else
  GREEN='' RED='' DIM='' BOLD='' PLAIN=''
fi

say() {
  printf '%s\n' "$*" >&3
}

warn() {
  printf '%s!%s %s\n' "$RED" "$PLAIN" "$*" >&4
}

# fail WHAT [HOW-TO-MEND...]: ends the launcher
fail() {
  step_quiet
  printf '%s✗%s %s\n' "$RED" "$PLAIN" "$1" >&4
  shift
  if [ $# -gt 0 ]; then
    printf '  %s\n' "$@" >&4
  fi
  exit 1
}

pause() { # SECONDS
  read -rt "$1" -u 5 || true
}

now_ms() {
  printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"
}

# step TITLE COMMAND...: runs the command in this shell, its output going to the step log. Shows the title and the time once it takes
# over a second; shows the end of the output when it fails, and ends the launcher.
step() {
  local title=$1 began ended from=0
  shift
  began=$(now_ms)
  if [ -f "$STEP_LOG" ]; then
    from=$(stat -c %s -- "$STEP_LOG")
  fi
  step_ticker "$title" &
  STEP_TICKER=$!
  if ! "$@" >>"$STEP_LOG" 2>&1; then
    step_quiet
    printf '%s✗%s %s\n' "$RED" "$PLAIN" "$title" >&4
    if [ -f "$STEP_LOG" ]; then
      tail -c "+$((from + 1))" -- "$STEP_LOG" | tail -n 25 | sed 's/^/    /' >&4
      printf '  All of it: %s\n' "$STEP_LOG" >&4
    fi
    exit 1
  fi
  step_quiet
  ended=$(now_ms)
  if ((ended - began >= 1000)); then
    printf '%s✓%s %s %s%d.%d s%s\n' "$GREEN" "$PLAIN" "$title" "$DIM" $(((ended - began) / 1000)) $(((ended - began) / 100 % 10)) "$PLAIN" >&3
  fi
}

step_ticker() {
  local second=1
  pause 1
  if [ ! -t 3 ]; then
    printf '… %s\n' "$1" >&3
    return
  fi
  while true; do
    printf '\r… %s %s%d s%s\e[K' "$1" "$DIM" "$second" "$PLAIN" >&3
    pause 1
    second=$((second + 1))
  done
}

step_quiet() {
  if [ -n "$STEP_TICKER" ]; then
    kill "$STEP_TICKER" 2>/dev/null || true
    wait "$STEP_TICKER" 2>/dev/null || true
    STEP_TICKER=
    if [ -t 3 ]; then
      printf '\r\e[K' >&3
    fi
  fi
}
trap step_quiet EXIT
