# shellcheck shell=bash
# Ports and small HTTP requests without any program but bash: a fresh machine has no curl.

# Prints the process that listens on a port ("java (pid 12)", "another user's process"); fails when the port is free.
port_holder() {
  local hex inode fd
  printf -v hex '%04X' "$1"
  inode=$(awk -v port=":$hex" '$4 == "0A" && $2 ~ port "$" { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ -n "$inode" ] || return 1
  fd=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" -print -quit 2>/dev/null) || true
  if [[ $fd =~ ^/proc/([0-9]+)/ ]]; then
    printf '%s (pid %s)' "$(cat "/proc/${BASH_REMATCH[1]}/comm" 2>/dev/null)" "${BASH_REMATCH[1]}"
  else
    printf "another user's process"
  fi
}

# http METHOD PORT PATH [HOST [TOKEN [JSON]]]: sets HTTP_STATUS and HTTP_BODY; fails when nobody answers within seconds.
http() {
  local answer
  HTTP_STATUS='' HTTP_BODY=''
  answer=$(http_exchange "$@" 2>/dev/null) || true
  if [[ $answer =~ ^HTTP/1\.[01]\ ([0-9]{3}) ]]; then
    HTTP_STATUS=${BASH_REMATCH[1]}
    HTTP_BODY=${answer#*$'\r\n\r\n'}
    return 0
  fi
  return 1
}

http_exchange() {
  local method=$1 path=$3 host=${4:-127.0.0.1} token=${5:-} json=${6:-} line
  {
    printf '%s %s HTTP/1.0\r\nHost: %s\r\nAccept: application/json, */*\r\n' "$method" "$path" "$host"
    if [ -n "$token" ]; then
      printf 'Authorization: Bearer %s\r\n' "$token"
    fi
    if [ -n "$json" ]; then
      printf 'Content-Type: application/json\r\nContent-Length: %d\r\n' "${#json}"
    fi
    printf '\r\n%s' "$json"
  } >&6
  while IFS= read -rt 5 -u 6 line || [ -n "$line" ]; do
    printf '%s\n' "$line"
  done
} 6<>"/dev/tcp/127.0.0.1/$2"

healthy() { # PORT
  http GET "$1" /health && [ "$HTTP_STATUS" = 200 ]
}
