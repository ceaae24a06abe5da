#!/usr/bin/env bash
# Gradescope runs this once, while it builds the image: installs Swift, and builds the grader in /autograder/source.
set -euo pipefail
cd "$(dirname "$0")"

swift_version=6.3.1

if ! command -v swiftc >/dev/null; then
    . /etc/os-release
    platform="ubuntu${VERSION_ID}"
    if [ "$(uname -m)" = aarch64 ]; then platform="$platform-aarch64"; fi
    name="swift-$swift_version-RELEASE-$platform"
    address="https://download.swift.org/swift-$swift_version-release/${platform//./}/swift-$swift_version-RELEASE/$name.tar.gz"

    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    # What swift.org lists for Ubuntu; the C library's and the C++ library's headers come with build-essential.
    apt-get install -y --no-install-recommends \
        binutils build-essential ca-certificates curl git gnupg libcurl4-openssl-dev libedit2 libpython3-dev \
        libsqlite3-0 libxml2-dev libz3-dev pkg-config tzdata unzip zlib1g-dev

    work=$(mktemp -d)
    curl -fsSL --retry 3 "$address" -o "$work/swift.tar.gz"
    curl -fsSL --retry 3 "$address.sig" -o "$work/swift.tar.gz.sig"
    curl -fsSL --retry 3 https://www.swift.org/keys/all-keys.asc | GNUPGHOME="$work" gpg --quiet --import
    GNUPGHOME="$work" gpg --quiet --verify "$work/swift.tar.gz.sig" "$work/swift.tar.gz"
    mkdir -p /opt/swift
    tar -xzf "$work/swift.tar.gz" -C /opt/swift --strip-components=1
    rm -rf "$work"
    export PATH="/opt/swift/usr/bin:$PATH"
fi

swift build --product Course

# The checks are in the program now. Submissions run on this machine, as the user `nobody`: they shall not read or print them.
rm -rf Sources/ExerciseChecks
chmod 700 .
