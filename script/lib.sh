# shellcheck shell=bash disable=SC2034  # what is set here is used there
# What the scripts share: where things are, how they speak, and the Docker engine they borrow.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Everything that can be made again lives here.
build="$root/build"
bridge_jar="$root/bridge/target/homeport-bridge-0.1.0-all.jar"
maven_options=(--quiet --batch-mode -Dstyle.color=never --no-transfer-progress --file "$root/pom.xml")
# Without it, Maven writes codes for a terminal into everything that it is sent to.
export MAVEN_OPTS="-Djansi.noreset=true ${MAVEN_OPTS:-}"
export PATH="$build/node/node_modules/.bin:$PATH"

step() { printf '\n== %s\n' "$*"; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

require_root() {
  [[ $EUID -eq 0 ]] || fail "needs root: run it with sudo."
}

# The comment that opens a script is its help.
help_when_asked() {
  [[ " $* " == *" --help "* || " $* " == *" -h "* ]] || return 0
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
  exit 0
}

# The archive of this machine's own release, as apt knows it: "address release component…".
own_archive() {
  # shellcheck source=/dev/null
  local release; release="$(. /etc/os-release && echo "$VERSION_CODENAME")"
  # shellcheck disable=SC2016  # apt fills these in
  apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
    awk -v release="$release" '$2 == release { if (!from) from = $1; if ($1 == from && !seen[$3]++) names = names " " $3 }
      END { if (!from) exit 1; print from, release, names }' ||
    fail "apt knows no archive of $release: run apt-get update."
}

docker_answers() { docker version >/dev/null 2>&1; }

# Starts an engine when none answers; stop_docker stops it then, and only then.
docker_started_by=""

start_docker() {
  docker_answers && return 0
  mkdir -p "$build"
  if [[ -d /run/systemd/system ]]; then
    systemctl start docker
    docker_started_by=systemd
  else
    # Its own session: Ctrl-C is for the script, which stops the engine last.
    setsid dockerd >"$build/dockerd.log" 2>&1 &
    docker_started_by=$!
  fi
  for _ in {1..150}; do
    docker_answers && return 0
    sleep 0.2
  done
  fail "Docker does not answer after 30 s: see $build/dockerd.log or 'journalctl -u docker'."
}

stop_docker() {
  case "$docker_started_by" in
    "") ;;
    systemd) systemctl stop docker.socket docker ;;
    *)
      kill "$docker_started_by"
      wait "$docker_started_by" || true
      ;;
  esac
  docker_started_by=""
}
