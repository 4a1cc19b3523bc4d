# What a runner of GitHub Actions reads of a step: its outputs, and annotations in its log.
# shellcheck shell=sh

# output NAME VALUE: an output of the step.
output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

# annotate LEVEL TITLE: an annotation whose message, of any number of lines, comes from standard input. Escaped
# is what the runner would take for its own: in a property also what parts one from the next.
annotate() {
  title=$(printf '%s' "$2" | sed 's/%/%25/g; s/:/%3A/g; s/,/%2C/g')
  awk -v head="::$1 title=$title::" '
    NR == 1 { printf "%s", head }
    NR > 1 { printf "%%0A" }
    { gsub(/%/, "%25"); gsub(/\r/, "%0D"); printf "%s", $0 }
    END { if (NR > 0) print "" }
  '
}
