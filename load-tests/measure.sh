# Sourced by the scripts of measurements: `measure NAME OPTION…` builds what changed since it last built, copies the jars, so
# that a build in the meantime does not pull one from under a running JVM, and runs the measurement of that name.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
built=$here/target/measured.stamp

jar() { # module, kind
  find "$root/$1/target" -maxdepth 1 -name "sallyport-$1-*-$2.jar" 2>/dev/null | head -n 1
}

example() {
  find "$root/examples/gateway/target" -maxdepth 1 -name 'sallyport-example-gateway-*.jar' 2>/dev/null | head -n 1
}

jars() { # to a folder
  cp "$(jar gateway app)" "$1/gateway.jar" && cp "$(jar sandbox app)" "$1/sandbox.jar" && cp "$(example)" "$1/starter.jar" &&
    cp "$(jar load-tests bare)" "$1/bare.jar" && cp "$(jar load-tests measurements)" "$1/measurements.jar"
}

build() {
  if [ -e "$built" ] && [ -n "$(jar gateway app)" ] && [ -n "$(jar sandbox app)" ] && [ -n "$(jar load-tests measurements)" ] &&
    [ -n "$(example)" ] &&
    [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root"/examples/gateway/pom.xml "$root"/examples/gateway/src/main -type f -newer "$built" -print -quit)" ]; then
    return
  fi
  echo 'building (some minutes; --no-build measures the jars that are there) …' >&2
  (cd "$root" && ./mvnw -q -pl gateway,sandbox,examples/gateway,load-tests -am package -DskipTests) >&2 || return 1
  touch "$built"
}

measure() {
  local name=$1 java=${JAVA_HOME:+$JAVA_HOME/bin/}java arguments=() building=build argument
  shift
  for argument in "$@"; do
    case "$argument" in
      --no-build) building=: ;;
      *) arguments+=("$argument") ;;
    esac
  done
  command -v "$java" >/dev/null || { echo "load-tests/$name: no java at $java" >&2; return 1; }
  $building || { echo "load-tests/$name: the build failed" >&2; return 1; }
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  jars "$work" || { echo "load-tests/$name: not all jars are there: leave --no-build out" >&2; return 1; }
  "$java" -Xmx512m -XX:+UseSerialGC -jar "$work/measurements.jar" "$name" --jars "$work" --checkout "$root" \
    --commit "$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)" ${arguments[@]+"${arguments[@]}"}
}
