#!/usr/bin/env bash
# Builds the image and runs it as a cluster would: its own user and one that it has never heard of, read-only root, no
# capabilities, no new privileges, SIGTERM at the end. Uses Docker where a daemon answers (BASE names another base
# image), else buildah as root on Debian, over a base made of this machine's own Node, so that no image is pulled.
# Leaves nothing behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
port=$((20000 + RANDOM % 10000))
image=localhost/access-denied-explainer-check:$$
container=access-denied-explainer-check-$$
service='' # process of the service, where it runs without Docker
version=$(node -p 'require("./package.json").version')
settings=(ALLOW_ANONYMOUS=true EVIDENCE=sample "PORT=$port")

say() { printf '%3d s  %s\n' "$SECONDS" "$*"; }
fail() {
  say "$*" >&2
  if [ -f "$work/service.log" ]; then tail -n 20 "$work/service.log" >&2; fi
  exit 1
}

clean_up() {
  if [ "$engine" = docker ]; then
    docker rm --force "$container" >/dev/null 2>&1 || true
    docker image rm --force "$image" >/dev/null 2>&1 || true
  elif [ -n "$service" ]; then
    kill -KILL "$service" 2>/dev/null || true
    wait "$service" 2>/dev/null || true
  fi
  rm -rf "$work"
}

# --- without Docker ---

in_store() { buildah --storage-driver vfs --root "$work/store" --runroot "$work/run" "$@"; }

# Debian's smallest system with this machine's Node and npm, and the certificates that it trusts beside Node's own.
make_base() {
  local rootfs=$work/rootfs release mirror base
  release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    awk -v release="$release" '$2 == release { print $1; exit }')
  [ -n "$mirror" ] || fail "no apt source for $release"
  debootstrap --variant=minbase "$release" "$rootfs" "$mirror" >"$work/base.log" || fail "$(tail -n 3 "$work/base.log")"
  mkdir -p "$rootfs/usr/local/lib/node_modules"
  cp -L "$(command -v node)" "$rootfs/usr/local/bin/node"
  cp -R "$(npm root --global 2>/dev/null)/npm" "$rootfs/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$rootfs/usr/local/bin/npm"
  base=$(in_store from scratch)
  if [ -f "${NODE_EXTRA_CA_CERTS:-}" ]; then
    cp -L "$NODE_EXTRA_CA_CERTS" "$rootfs/etc/extra-certificates.pem"
    in_store config --env NODE_EXTRA_CA_CERTS=/etc/extra-certificates.pem "$base"
  fi
  tar -C "$rootfs" -cf "$work/base.tar" --exclude ./var/cache/apt --exclude ./var/lib/apt/lists .
  in_store add --quiet "$base" "$work/base.tar" / >/dev/null
  in_store commit --quiet --rm "$base" localhost/node-base >/dev/null
  rm -rf "$rootfs" "$work/base.tar"
}

# A part of the image's configuration; a list comes as lines.
configured() {
  in_store inspect --type image "$image" | node -e '
    const config = JSON.parse(require("node:fs").readFileSync(0, "utf8")).Docker.config
    const value = process.argv[1].split(".").reduce((object, key) => object?.[key], config)
    console.log([value ?? []].flat().join("\n"))' "$1"
}

# The command that runs another one in the image: as a user, its root read-only, no privileges, its environment alone.
prepare_run() {
  local user=$1 folder
  root=${root:-$(in_store mount "$(in_store from --pull-never "$image")")}
  folder=$(configured WorkingDir)
  mapfile -t environment < <(configured Env)
  run=(unshare --mount --pid --fork --kill-child bash -c '
    root=$1 user=$2 folder=$3
    shift 3
    mount --bind "$root" "$root"
    mount --options remount,bind,ro "$root"
    mount --rbind /dev "$root/dev"
    mount --types proc proc "$root/proc"
    exec chroot "$root" /usr/bin/setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups --no-new-privs \
      --bounding-set=-all --inh-caps=-all /usr/bin/env --ignore-environment --chdir "$folder" "$@"
  ' run "$root" "$user" "$folder" "${environment[@]}" "${settings[@]}")
}

build_with_buildah() {
  make_base
  say 'base image made'
  in_store build --format docker --isolation chroot --network host --pull-never \
    --build-arg BASE=localhost/node-base --tag "$image" . >"$work/build.log" 2>&1 || fail "$(tail -n 20 "$work/build.log")"
  say 'image built'
}

start_with_buildah() {
  prepare_run "${1:-$(configured User)}"
  mapfile -t entrypoint < <(configured Entrypoint)
  "${run[@]}" "${entrypoint[@]}" >"$work/service.log" 2>&1 &
  service=$!
}

inside_with_buildah() { "${run[@]}" "$@"; }

check_health_with_buildah() {
  mapfile -t health < <(configured Healthcheck.Test)
  [ "${health[0]}" = CMD ] || fail 'the image has no HEALTHCHECK'
  "${run[@]}" "${health[@]:1}"
}

label_with_buildah() { in_store inspect --type image --format "{{index .OCIv1.Config.Labels \"$1\"}}" "$image"; }

size_with_buildah() {
  printf '%s MB, %s MB of them ours' "$(du -sm "$root" | cut -f 1)" "$(du -sm "$root/app" | cut -f 1)"
}

# The service is process 1 of its namespace, as in a container; its parent here is `unshare`, which ends as it does.
stop_with_buildah() {
  local status=0
  kill -TERM "$(<"/proc/$service/task/$service/children")"
  wait "$service" || status=$?
  service=''
  return "$status"
}

# --- with Docker ---

build_with_docker() {
  docker build --quiet ${BASE:+--build-arg "BASE=$BASE"} --tag "$image" . >/dev/null
  say 'image built'
}

start_with_docker() {
  docker run --detach --read-only --cap-drop ALL --security-opt no-new-privileges --name "$container" \
    ${1:+--user "$1"} --publish "127.0.0.1:$port:$port" "${settings[@]/#/--env=}" "$image" >/dev/null
}

inside_with_docker() { docker exec "$container" "$@"; }

check_health_with_docker() {
  for _ in $(seq 60); do
    [ "$(docker inspect --format '{{.State.Health.Status}}' "$container")" = healthy ] && return
    sleep 1
  done
  return 1
}

label_with_docker() { docker inspect --format "{{index .Config.Labels \"$1\"}}" "$image"; }

size_with_docker() { printf '%s MB' $(($(docker image inspect --format '{{.Size}}' "$image") / 1000000)); }

stop_with_docker() {
  local status
  docker stop --time 20 "$container" >/dev/null
  docker logs "$container" >"$work/service.log" 2>&1
  status=$(docker inspect --format '{{.State.ExitCode}}' "$container")
  docker rm --force "$container" >/dev/null
  return "$status"
}

# --- the check ---

# Healthy within 30 s, and the tutorial's paste gets the statement that the tutorial adds.
answers() {
  node --input-type=module - "$1" <<'CHECK'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

const url = process.argv[2]
const healthy = () => fetch(`${url}/healthz`).then((answer) => answer.ok, () => false)
for (const until = Date.now() + 30_000; !(await healthy()); await setTimeout(100))
  assert(Date.now() < until, 'not healthy within 30 s')
const body = JSON.parse(readFileSync('data/sample-pastes.json', 'utf8'))[0].text
const answer = await fetch(`${url}/v1/diagnoses`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body })
assert.equal(answer.status, 200)
const [diagnosis] = (await answer.json()).diagnoses
assert.equal(diagnosis.causes[0].remedies[0].statement.Action, 's3:ListAllMyBuckets')
CHECK
}

# Every module of ours, and with it every package that one of them asks for sooner or later.
imports_all() {
  "inside_with_$engine" node --input-type=module --eval '
    import { readdirSync } from "node:fs"
    const entries = new Set(["main.js", "server.js", "lambda.js", "cli/main.js"])
    for (const file of readdirSync("dist", { recursive: true }))
      if (file.endsWith(".js") && !/^(?:web|bundle)\//.test(file) && !entries.has(file)) await import("/app/dist/" + file)
    await import("ioredis")
    process.exit(0)'
}

# Answers under this user, who can change nothing and gain nothing.
check_as() {
  local user=$1
  answers "http://127.0.0.1:$port" || fail 'the service in the image does not answer as it should'
  say 'answers the paste of the tutorial'
  [ "$("inside_with_$engine" id -u)" = "${user%:*}" ] || fail "it does not run as uid ${user%:*}"
  if "inside_with_$engine" touch /app/written /tmp/written 2>/dev/null; then fail 'its file system can be written to'; fi
  [ "$("inside_with_$engine" grep -Ec '^(Cap(Inh|Prm|Eff|Bnd|Amb):\s*0+|NoNewPrivs:\s*1)$' /proc/self/status)" = 6 ] ||
    fail 'it has capabilities, or can gain them'
  say "uid ${user%:*} without capabilities on a read-only file system"
}

stop() {
  local begun=$SECONDS
  "stop_with_$engine" || fail "SIGTERM: it ended with status $?"
  [ $((SECONDS - begun)) -lt 10 ] || fail 'SIGTERM: it took longer than its grace'
  say 'SIGTERM ends it with status 0'
}

if docker info >/dev/null 2>&1; then
  engine=docker
elif [ "$(id -u)" -eq 0 ] && command -v buildah >/dev/null && command -v debootstrap >/dev/null; then
  engine=buildah
else
  printf 'A Docker daemon is needed, or root with buildah and debootstrap.\n' >&2
  exit 2
fi
trap clean_up EXIT

"build_with_$engine"
[ "$("label_with_$engine" org.opencontainers.image.version)" = "$version" ] || fail "its label is not version $version"
"start_with_$engine"
check_as 10001:10001
"check_health_with_$engine" || fail 'HEALTHCHECK finds it unhealthy'
say 'HEALTHCHECK finds it healthy'
imports_all || fail 'a module cannot be loaded in the image'
say 'every module can be loaded'
if "inside_with_$engine" npm --version >/dev/null 2>&1; then fail 'it brings a package manager'; fi
say "version $version, $("size_with_$engine")"
stop
# As OpenShift does: a uid of its own choice, which stands in no file of the image, in group 0.
other=1000680000:0
"start_with_$engine" "$other"
check_as "$other"
stop
