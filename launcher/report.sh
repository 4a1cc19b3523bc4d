# What set-up says, and how it runs the tools that do the work.
# shellcheck shell=sh

say() { printf 'bench: %s\n' "$*" >&2; }

# Runs a command with nothing to read; `output` is what it printed. The lock is kept from it, so that
# a service which a package starts cannot hold it for ever.
capture() { output=$("$@" </dev/null 2>&1 9<&-); }

# Ends because the machine cannot: what failed, what the tool printed last, what to do about it.
give_up() {
  printf '%s\n' "$1" >&2
  printf '%s\n' "$output" | tail -n 20 | sed 's/^/  /' >&2
  printf 'Hint: %s\n' "$2" >&2
  exit 3
}

is_root() { [ "$(id -u)" = 0 ]; }
