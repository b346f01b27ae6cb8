#!/usr/bin/env bash
# Prints the changelog's section of a tag; fails where the tag is not the version of the package, or has no date yet.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(node -p 'require("./package.json").version')
if [ "${1:?usage: release-notes.sh vX.Y.Z}" != "v$version" ]; then
  printf 'The tag is %s, and has to be v%s: that is what package.json says.\n' "$1" "$version" >&2
  exit 1
fi
if ! grep -qxE "## ${version//./\\.} - [0-9]{4}-[0-9]{2}-[0-9]{2}" CHANGELOG.md; then
  printf 'CHANGELOG.md has no dated heading of %s.\n' "$version" >&2
  exit 1
fi
awk -v heading="## $version " 'index($0, "## ") == 1 { printing = index($0, heading) == 1; next } printing' CHANGELOG.md
