# shellcheck shell=bash disable=SC2034  # what is set here is used there
# What the scripts share: where things are, how they speak, and the Docker engine they borrow.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# Everything that can be made again lives here.
build="$root/build"
bridge_jar="$root/bridge/target/homeport-bridge-0.1.0-all.jar"
maven_options=(--quiet --batch-mode -Dstyle.color=never --no-transfer-progress --file "$root/pom.xml")
# What package managers need on a campus. sudo drops it, and has it in its own environment still.
for_package_managers=(HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy SSL_CERT_FILE REQUESTS_CA_BUNDLE
  PIP_CERT PIP_INDEX_URL PIP_EXTRA_INDEX_URL NODE_EXTRA_CA_CERTS NPM_CONFIG_REGISTRY npm_config_registry MAVEN_OPTS)

carry_over_sudo() {
  [[ -n "${SUDO_USER:-}" && "$(cat "/proc/$PPID/comm")" == sudo ]] || return 0
  local name
  while IFS= read -r -d '' variable; do
    name="${variable%%=*}"
    [[ " ${for_package_managers[*]} " != *" $name "* || -n "${!name:-}" ]] || export "${variable?}"
  done <"/proc/$PPID/environ"
}
carry_over_sudo

# Maven knows proxies by properties only; and nothing of ours is asked for through one.
if [[ -n "${HTTPS_PROXY:-${https_proxy:-}}" ]]; then
  proxy="${HTTPS_PROXY:-$https_proxy}"
  proxy="${proxy#*://}" proxy="${proxy%/}"
  MAVEN_OPTS="-Dhttps.proxyHost=${proxy%:*} -Dhttps.proxyPort=${proxy##*:} ${MAVEN_OPTS:-}"
  export NO_PROXY="127.0.0.1,localhost,${NO_PROXY:-${no_proxy:-}}"
  export no_proxy="$NO_PROXY"
fi
# Without it, Maven writes codes for a terminal into everything that it is sent to.
export MAVEN_OPTS="-Djansi.noreset=true ${MAVEN_OPTS:-}"
export PATH="$build/node/node_modules/.bin:$PATH"

step() { printf '\n== %s\n' "$*"; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

network_remedy="Is the network there? Behind a proxy or with a certificate authority of your own, see 'Behind a proxy' in README.md."

# attempt REMEDY COMMAND…: runs a command in silence; one that fails is shown with its last lines and the remedy.
attempt() {
  local remedy="$1" output
  shift
  if ! output="$("$@" 2>&1)"; then
    printf '%s: this failed:\n  %s\n' "${0##*/}" "$*" >&2
    tail -n 20 <<<"$output" | sed 's/^/  | /' >&2
    fail "$remedy"
  fi
}

# Whatever else fails says at least which step it was.
trap 'printf "%s: line %s: this failed: %s\n" "${0##*/}" "$LINENO" "$BASH_COMMAND" >&2' ERR

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
