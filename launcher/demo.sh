# shellcheck shell=bash
# `./slipway up --demo`: an app of one's own in a minute, by the same doors a person uses: the API and `git push`.

DEMO_BASE=slipway-demo/busybox # the name under which a base image is made where no registry can be reached

demo_run() {
  local url token known directory=$SLIPWAY_HOME/demo/hello
  url=$(public_url hello)
  demo_token || fail "couldn't make an API token for the demo: $(tail -n 1 -- "$LOGS/token.log")"
  token=$DEMO_TOKEN
  http GET "$SLIPWAY_HTTP_PORT" /api/v1/apps/hello localhost "$token" || fail "the API doesn't answer at $(public_url)/api/v1"
  known=$HTTP_STATUS
  if [ "$known" = 200 ] && demo_live; then
    say "The demo app is there already: $BOLD$url$PLAIN"
    say "  Its repository: $directory"
    return
  fi
  if [ "$known" != 200 ]; then
    http POST "$SLIPWAY_HTTP_PORT" /api/v1/apps localhost "$token" '{"name":"hello"}'
    [[ $HTTP_STATUS == 20* ]] || fail "couldn't create the app hello: HTTP $HTTP_STATUS $HTTP_BODY"
    say "Created the app hello."
  fi
  demo_repository "$directory" "$token"
  demo_base "$directory"
  demo_push "$directory"
  step "Waiting for the first answer" demo_wait
  say
  say "${BOLD}The demo app is live: $url$PLAIN"
  say "  Change something in $directory, commit, git push: it asks for no password there."
}

# One token for all runs, in a file for git's credential store.
demo_token() {
  local file=$SLIPWAY_HOME/demo/credentials
  if [ -s "$file" ]; then
    DEMO_TOKEN=$(sed -n 's|^http://demo:\([^@]*\)@.*|\1|p' "$file" | head -n 1)
    if [ -n "$DEMO_TOKEN" ] && http GET "$SLIPWAY_HTTP_PORT" /api/v1/apps localhost "$DEMO_TOKEN" && [ "$HTTP_STATUS" = 200 ]; then
      return
    fi
  fi
  mkdir -p -- "$SLIPWAY_HOME/demo"
  DEMO_TOKEN=$(new_token demo) && [ -n "$DEMO_TOKEN" ] || return 1
  (umask 077 && printf 'http://demo:%s@%s\n' "$DEMO_TOKEN" "$(demo_host)" >"$file")
}

demo_host() {
  local url
  url=$(public_url)
  printf '%s' "${url#http://}"
}

demo_live() {
  http GET "$SLIPWAY_HTTP_PORT" / "hello.$SLIPWAY_DOMAIN" && [ "$HTTP_STATUS" = 200 ]
}

demo_wait() {
  local end=$((SECONDS + 15)) # the push has waited for the release already
  until demo_live; do
    if ((SECONDS > end)); then
      echo "no answer yet (HTTP $HTTP_STATUS): the dashboard shows why"
      return 1
    fi
    pause 0.1
  done
}

demo_repository() { # DIRECTORY
  local helper
  if ! command -v git >/dev/null; then
    install_packages "the demo pushes with git" git || fail "there is no git on this machine" "$(install_hint git)"
  fi
  if [ -d "$1/.git" ]; then
    return
  fi
  mkdir -p -- "$1"
  cp -r -- "$ROOT/samples/hello/." "$1/"
  printf -v helper 'store --file=%q' "$SLIPWAY_HOME/demo/credentials"
  git -C "$1" init -q -b main
  git -C "$1" config credential.helper "" # the person's own helpers needn't know this token
  git -C "$1" config --add credential.helper "$helper"
  git -C "$1" config user.name "Slipway demo"
  git -C "$1" config user.email demo@slipway.invalid
  git -C "$1" config commit.gpgsign false
  git -C "$1" remote add origin "$(public_url)/git/hello.git"
  if git -C "$1" fetch -q origin main 2>/dev/null; then # pushed before, from a directory that is gone
    git -C "$1" reset -q --soft origin/main
  fi
}

# The Dockerfile says FROM busybox. Where that can't be had from a registry, this machine's static busybox makes a base image.
demo_base() { # DIRECTORY
  local base
  base=$(sed -n 's/^ARG BASE=//p' "$1/Dockerfile")
  if [ -n "$base" ] && [ "$base" != "$DEMO_BASE" ] && ! demo_image "$base"; then
    step "Making a base image from this machine's busybox" demo_make_base
    sed -i "s|^ARG BASE=.*|ARG BASE=$DEMO_BASE|" "$1/Dockerfile"
    say "$base can't be pulled from here: the demo's Dockerfile uses $DEMO_BASE, made from this machine's busybox."
  fi
}

demo_image() {
  "$SLIPWAY_DOCKER" image inspect "$1" >/dev/null 2>&1 || timeout 45 "$SLIPWAY_DOCKER" pull --quiet "$1" >/dev/null 2>&1
}

demo_make_base() {
  local busybox
  if "$SLIPWAY_DOCKER" image inspect "$DEMO_BASE" >/dev/null 2>&1; then
    return
  fi
  busybox=$(static_busybox) || {
    install_packages "the demo's base image is made of it" busybox-static && busybox=$(static_busybox)
  } || {
    echo "there is neither a registry nor a static busybox: $(install_hint busybox-static)"
    return 1
  }
  {
    tar -c --transform 's|.*|busybox|' --mode 755 --owner 0 --group 0 -C "$(dirname -- "$busybox")" "$(basename -- "$busybox")"
  } | "$SLIPWAY_DOCKER" import --change 'LABEL dev.slipway.demo=1' - "$DEMO_BASE-binary" &&
    printf '%s\n' "FROM $DEMO_BASE-binary AS binary" 'FROM scratch' 'COPY --from=binary /busybox /bin/busybox' \
      'RUN ["/bin/busybox", "sh", "-c", "/bin/busybox --install -s /bin && mkdir -p -m 1777 /tmp && mkdir -p /etc && echo root:x:0:0:root:/:/bin/sh >/etc/passwd"]' \
      'LABEL dev.slipway.demo=1' 'CMD ["sh"]' | DOCKER_BUILDKIT=1 "$SLIPWAY_DOCKER" build --tag "$DEMO_BASE" - &&
    "$SLIPWAY_DOCKER" image rm "$DEMO_BASE-binary"
}

# A busybox without a dynamic loader. Debian's package busybox-static has one.
static_busybox() {
  local path
  for path in $(type -aP busybox) /bin/busybox /usr/bin/busybox; do
    path=$(readlink -f -- "$path")
    if [ -x "$path" ] && [ -z "$(LC_ALL=C grep -aoE '/lib(64)?/(ld-linux|ld-musl)[a-z0-9_.-]*' "$path" | head -n 1)" ]; then
      printf '%s' "$path"
      return
    fi
  done
  return 1
}

demo_push() { # DIRECTORY
  git -C "$1" add -A
  if ! git -C "$1" diff --cached --quiet 2>/dev/null || ! git -C "$1" rev-parse -q --verify HEAD >/dev/null; then
    git -C "$1" commit -q -m "Hello from Slipway"
  else
    git -C "$1" commit -q --allow-empty -m "Once more"
  fi
  say "${DIM}$ git push $(public_url)/git/hello.git main$PLAIN"
  GIT_TERMINAL_PROMPT=0 git -C "$1" push --set-upstream origin main >&3 2>&1 || fail "the push was refused" "what was pushed is in $1"
}
