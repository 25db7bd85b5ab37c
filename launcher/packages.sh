# shellcheck shell=bash
# Installing packages of the distribution: only as root, only on Debian and Ubuntu, never with --no-install, and always said.

MAY_INSTALL=yes

can_install() {
  [ "$MAY_INSTALL" = yes ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

# install_packages WHY PACKAGE...: says what it does; fails quietly where it may not install.
install_packages() {
  local why=$1
  shift
  can_install || return 1
  say "Installing $* ($why; --no-install forbids it)."
  step "Installing $*" apt_install "$@"
}

apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -q --no-install-recommends "$@" || {
    apt-get update -q && apt-get install -y -q --no-install-recommends "$@"
  }
}

# How a person installs it by hand, for messages.
install_hint() {
  if command -v apt-get >/dev/null; then
    printf 'sudo apt-get install %s' "$*"
  else
    printf 'install %s with your package manager' "$*"
  fi
}
