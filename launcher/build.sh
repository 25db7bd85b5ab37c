# shellcheck shell=bash
# Builds what changed, and copies what was built out of Maven's way: a later build can't pull the jars from under running programs.
# The copies, with their AOT caches, are shared by all homes that use this checkout.

MODULES=(db platform-server ui build-workers runtime) # what is built
STARTED=(db ui build-workers runtime)                 # what programs are started from; platform-server is in ui's class path

# Sets BUILD (names the jars, the JDK and its options) and PROGRAMS (the directory of that build's copy).
build_ready() { # MAY-BUILD
  mkdir -p -- "$ROOT/target" "$ROOT/.programs"
  exec 7>"$ROOT/.programs/lock" # two homes may share this checkout
  flock 7
  if [ "$1" = yes ] && ! build_current; then
    maven_find
    if [ ! -d "$HOME/.m2/repository/org/springframework" ]; then
      say "The first build downloads Maven and its libraries, which takes minutes."
    fi
    step "Building Slipway" build_package
  fi
  BUILD=$(build_id) || fail "nothing is built yet" "run ./slipway up without --no-build"
  PROGRAMS=$ROOT/.programs/$BUILD
  if [ ! -d "$PROGRAMS" ]; then
    step "Copying the programs" build_copy
  fi
  exec 7>&-
}

# Names the state of everything that ends in the jars.
sources_fingerprint() {
  (
    cd -- "$ROOT" || exit 1
    find pom.xml .mvn "${MODULES[@]/%//pom.xml}" "${MODULES[@]/%//src/main}" -type f ! -path '*/frontend/generated/*' -print0 2>/dev/null |
      LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
  )
}

# Did the last build in target/ make this state, and has nobody built something else there since?
build_current() {
  local stamp=$ROOT/target/slipway.sources module jar
  [ -r "$stamp" ] && [ "$(<"$stamp")" = "$(sources_fingerprint)" ] || return 1
  for module in "${MODULES[@]}"; do
    jar=$ROOT/$module/target/slipway-$module-0.1.0.jar
    [ -f "$jar" ] && [ ! "$jar" -nt "$stamp" ] || return 1
  done
  built
}

built() {
  local module
  for module in "${STARTED[@]}"; do
    [ -f "$ROOT/$module/target/slipway-$module-0.1.0.jar" ] && [ -d "$ROOT/$module/target/lib" ] || return 1
  done
}

build_package() {
  local before poms module modules
  before=$(sources_fingerprint)
  poms=$(cd -- "$ROOT" && sha256sum pom.xml "${MODULES[@]/%//pom.xml}")
  if [ "$poms" != "$(cat -- "$ROOT/target/slipway.poms" 2>/dev/null)" ]; then
    for module in "${MODULES[@]}"; do
      rm -rf -- "$ROOT/$module/target/lib" # a library that is no longer asked for must not stay on the class path
    done
  fi
  rm -f -- "$ROOT/target/slipway.sources"
  modules=$(IFS=,; printf '%s' "${MODULES[*]}")
  (cd -- "$ROOT" && "$MAVEN" -B -q -ntp -DskipTests -pl "$modules" package) || return 1
  printf '%s' "$poms" >"$ROOT/target/slipway.poms"
  printf '%s' "$before" >"$ROOT/target/slipway.sources"
}

build_id() {
  local module jars=()
  built || return 1
  for module in "${MODULES[@]}"; do
    jars+=("$ROOT/$module/target/slipway-$module-0.1.0.jar")
  done
  {
    sha256sum "${jars[@]}" "$ROOT/launcher/java.sh" "$ROOT/launcher/Unsign.java"
    find "${STARTED[@]/#/$ROOT/}" -path '*/target/lib/*.jar' ! -name 'slipway-*' -printf '%P %s\n' | LC_ALL=C sort
    printf '%s\n' "$JDK"
    cat -- "$JDK/release" 2>/dev/null
  } | sha256sum | cut -c 1-12
}

# Libraries as hard links where possible, our own jars as copies: Maven rewrites those in place.
build_copy() {
  local draft=$PROGRAMS.new module target
  rm -rf -- "$draft"
  for module in "${STARTED[@]}"; do
    target=$draft/$module
    mkdir -p -- "$target"
    cp -al -- "$ROOT/$module/target/lib/." "$target/" 2>/dev/null || cp -a -- "$ROOT/$module/target/lib/." "$target/" || return 1
    rm -f -- "$target"/slipway-*.jar
    build_copy_own "$module" "$target" || return 1
  done
  "$JDK/bin/java" -XX:TieredStopAtLevel=1 "$ROOT/launcher/Unsign.java" "$draft" || return 1
  programs_arguments "$draft"
  mv -T -- "$draft" "$PROGRAMS"
}

# A module's own jar and those of our modules that it uses, not their tests.
build_copy_own() { # MODULE TARGET
  local jar other
  for jar in "$ROOT/$1"/target/lib/slipway-*.jar; do
    other=${jar##*/slipway-}
    other=${other%-0.1.0.jar}
    if [ -f "$ROOT/$other/target/slipway-$other-0.1.0.jar" ]; then
      cp -p -- "$ROOT/$other/target/slipway-$other-0.1.0.jar" "$2/" || return 1
    fi
  done
  cp -p -- "$ROOT/$1/target/slipway-$1-0.1.0.jar" "$2/"
}

# Older copies go when no process runs from them.
build_forget_old() {
  local old
  for old in "$ROOT"/.programs/????????????; do
    if [ "$old" != "$PROGRAMS" ] && ! grep -sqaF -- "$old" /proc/[0-9]*/cmdline; then
      rm -rf -- "$old"
    fi
  done
}

# Sets MAVEN: the machine's when it is new enough, else the wrapper's.
maven_find() {
  local version
  MAVEN=$(type -P mvn) || MAVEN=
  if [ -n "$MAVEN" ]; then
    version=$("$MAVEN" -version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p')
    case $version in
      3.[6-9] | 3.[1-9][0-9] | 4.*) return ;;
    esac
  fi
  MAVEN=$ROOT/mvnw
}

# class_path MODULE [DIRECTORY]: its jars in a fixed order, as an AOT cache is bound to it.
class_path() {
  local jars
  jars=$(cd -- "${2:-$PROGRAMS}" && find "$1" -name '*.jar' | LC_ALL=C sort)
  printf '%s' "$PROGRAMS/${jars//$'\n'/:$PROGRAMS/}"
}
