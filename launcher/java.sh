# shellcheck shell=bash
# The JDK, and the options our programs run with.

JDK_NEEDED=25

# jdk_version DIRECTORY: the feature number of the JDK there, nothing when it isn't one.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'
  fi
}

jdk_candidates() {
  local java
  if [ -n "${JAVA_HOME:-}" ]; then
    printf '%s\n' "$JAVA_HOME"
  fi
  if java=$(command -v javac) && java=$(readlink -f -- "$java"); then
    printf '%s\n' "${java%/bin/javac}"
  fi
  find /usr/lib/jvm /opt/java "$HOME/.sdkman/candidates/java" "$HOME/.jdks" -mindepth 1 -maxdepth 1 2>/dev/null | sort -V 2>/dev/null
}

# Sets JDK to the first JDK that is new enough, and exports it as JAVA_HOME.
jdk_find() {
  local candidate version
  JDK=
  while read -r candidate; do
    version=$(jdk_version "$candidate") || continue
    if [ -n "$version" ] && ((version >= JDK_NEEDED)); then
      JDK=$candidate
      export JAVA_HOME=$JDK
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

jdk_need() {
  jdk_find || fail "Slipway needs a JDK $JDK_NEEDED or newer (java and javac), and found none in JAVA_HOME, on PATH or in /usr/lib/jvm" \
    "found: $(jdk_found)" \
    "on Debian and Ubuntu: the package temurin-$JDK_NEEDED-jdk from https://adoptium.net/installation/linux," \
    "or unpack any JDK $JDK_NEEDED and set JAVA_HOME to it"
}

jdk_found() {
  local candidate version list=
  while read -r candidate; do
    version=$(jdk_version "$candidate") && list+="${list:+, }JDK $version in $candidate"
  done < <(jdk_candidates | sort -u)
  printf '%s' "${list:-no JDK at all}"
}

# jvm_options PROGRAM: one a line. Small machines are the common case: serial collector, small heaps and stacks.
jvm_options() {
  # An archive mapped where it was made for stays shared with its file instead of being copied page by page.
  printf '%s\n' -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
  printf '%s\n' -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xss512k -XX:+ExitOnOutOfMemoryError -XX:TrimNativeHeapInterval=5000 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dcom.zaxxer.hikari.housekeeping.periodMs=5000
  # runtime: its requests pay for the second compiler; collecting a smaller nursery would be a tenth of their cost, and so would one pool of
  # buffers for all event loops, which Netty chooses for small heaps. What -Xms leaves beside the nursery has to hold its AOT cache's objects.
  case $1 in
    platform-server) printf '%s\n' -Xms24m -Xmx256m -Xmn6m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 -XX:TieredStopAtLevel=1 ;;
    runtime) printf '%s\n' -Xms36m -Xmx192m -Xmn24m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 \
      -Dio.netty.allocator.lowMemory=false -Dio.netty.allocator.threadLocalChunkCacheMaxBytes=1048576 ;;
    worker) printf '%s\n' -Xms8m -Xmx64m -Xmn4m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30 -XX:TieredStopAtLevel=1 ;;
  esac
}
