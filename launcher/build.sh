# shellcheck shell=bash
# Builds what changed, and copies what was built into the home, so that a later build can't pull the jars from under running programs.

MODULES=(db platform-server ui build-workers runtime)

# Names the state of everything that ends in the jars: 12 hex digits.
build_fingerprint() {
  (
    cd -- "$ROOT" || exit 1
    {
      "$JDK/bin/java" -version 2>&1
      find pom.xml .mvn "${MODULES[@]/%//pom.xml}" "${MODULES[@]/%//src/main}" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
    } | sha256sum | cut -c 1-12
  )
}

# Sets BUILD and PROGRAMS (the directory of that build's copy).
build_ready() {
  local may_build=$1
  if [ "$may_build" = no ]; then
    BUILD=$(build_newest) || fail "--no-build, but nothing was built before" "run ./slipway up without it"
  else
    BUILD=$(build_fingerprint)
  fi
  PROGRAMS=$SLIPWAY_HOME/programs/$BUILD
  if [ -d "$PROGRAMS" ]; then
    return
  fi
  mkdir -p -- "$ROOT/target"
  exec 7>"$ROOT/target/slipway.lock" # two homes may share this checkout
  flock 7
  if ! build_current; then
    maven_find
    step "Building Slipway" build_package
  fi
  step "Copying the programs" build_copy
  exec 7>&-
}

build_newest() {
  local newest
  newest=$(find "$SLIPWAY_HOME/programs" -mindepth 1 -maxdepth 1 -type d -name '????????????' -printf '%T@ %f\n' 2>/dev/null | sort -rn | head -n 1)
  [ -n "$newest" ] && printf '%s' "${newest#* }"
}

# Did the last build in target/ make this state, and has nobody built something else there since?
build_current() {
  local stamp=$ROOT/target/slipway.build module jar
  [ -r "$stamp" ] && [ "$(<"$stamp")" = "$BUILD" ] || return 1
  for module in "${MODULES[@]}"; do
    jar=$ROOT/$module/target/slipway-$module-0.1.0.jar
    [ -f "$jar" ] && [ ! "$jar" -nt "$stamp" ] && [ -d "$ROOT/$module/target/lib" ] || return 1
  done
}

build_package() {
  local poms lib modules
  poms=$(cd -- "$ROOT" && sha256sum pom.xml "${MODULES[@]/%//pom.xml}")
  if [ "$poms" != "$(cat -- "$ROOT/target/slipway.poms" 2>/dev/null)" ]; then
    for lib in "${MODULES[@]}"; do
      rm -rf -- "$ROOT/$lib/target/lib" # a library that is no longer asked for must not stay on the class path
    done
  fi
  rm -f -- "$ROOT/target/slipway.build"
  modules=$(IFS=,; printf '%s' "${MODULES[*]}")
  (cd -- "$ROOT" && "$MAVEN" -B -q -ntp -DskipTests -pl "$modules" package) || return 1
  printf '%s' "$poms" >"$ROOT/target/slipway.poms"
  printf '%s' "$BUILD" >"$ROOT/target/slipway.build"
}

# Libraries as hard links where possible, our own jars as copies: Maven rewrites those in place.
build_copy() {
  local draft=$PROGRAMS.new module target
  rm -rf -- "$draft"
  for module in "${MODULES[@]}"; do
    target=$draft/$module
    mkdir -p -- "$target"
    cp -al -- "$ROOT/$module/target/lib/." "$target/" 2>/dev/null || cp -a -- "$ROOT/$module/target/lib/." "$target/" || return 1
    rm -f -- "$target"/slipway-*.jar
    find "$ROOT/$module/target/lib" -name 'slipway-*.jar' -exec cp -p -t "$target" -- {} + || return 1
    cp -p -- "$ROOT/$module/target/slipway-$module-0.1.0.jar" "$target/" || return 1
  done
  mv -T -- "$draft" "$PROGRAMS"
}

# Older builds go once the new one runs.
build_forget_old() {
  find "$SLIPWAY_HOME/programs" -mindepth 1 -maxdepth 1 ! -name "$BUILD" -exec rm -rf -- {} +
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

# class_path MODULE: its jars in a fixed order, as an AOT cache is bound to it.
class_path() {
  find "$PROGRAMS/$1" -name '*.jar' | LC_ALL=C sort | paste -sd :
}
