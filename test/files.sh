# Which test files are run how.
# shellcheck shell=sh

# What measures by the command line.
as_root=" $(grep -l 'as-root\.ts' test/cli/*.test.ts | tr '\n' ' ')"

# Sets `kind` to how a file is run:
#   unit     beside others; needs nothing
#   command  beside others; calls bench or a browser, but measures nothing
#   script   as a command; calls scripts on copies of the project, and is wanted on every machine
#   pair     two at a time: builds namespaces, and measures nothing
#   here     measures, or loads the machine: one at a time, in the machine's own network namespace
#   apart    as here, in a network namespace that its kind has for itself, whose lock of runs is its own: one at a time,
#            while one of the others runs. No more of them at once: runs share each CPU's queue of received frames, and
#            what it drops when they fill it is lost on a path
#   alone    judges figures, or fills such a queue on purpose, and has the machine to itself
set_kind() {
  case $1 in
  test/fresh/*) kind=fresh ;;
  test/ci/* | test/launcher/* | test/parts/adding-*) kind='script' ;;
  test/cli/ci.* | test/udpgen/accounting.* | test/browser/*) kind='command' ;;
  test/cli/ci-action.* | test/netns/ab.* | test/netns/bridge-loop.* | test/netns/moved-work.*) kind=alone ;;
  test/cli/*) case $as_root in *" $1 "*) kind=here ;; *) kind='command' ;; esac ;;
  test/bpf/* | test/netns/attachment.* | test/netns/background-routes.* | test/netns/balancing.* | test/netns/diagnosis.* | \
    test/netns/faults-of-paths.* | test/netns/forwarding.* | test/netns/kernel-switches.* | test/netns/links.* | test/netns/offloads.* | \
    test/netns/path-mtu.* | test/netns/program.* | test/netns/program-maps.* | test/netns/redirect-family.* | test/netns/sealed.* | \
    test/netns/segmentation.* | test/netns/service-family.* | test/netns/steps.* | test/netns/sysctls.* | test/netns/unreachable.* | \
    test/netns/untouched.*) kind=pair ;;
  test/netns/kernels.* | test/netns/kernel-links.* | test/netns/own-loaders.* | test/udpgen/* | test/documented/* | test/package/*) kind=here ;;
  test/netns/*) kind=apart ;;
  *) kind=unit ;;
  esac
}

# Folders whose tests' work is in the processes that they start: one test at a time, while others compute.
start_processes=' test/datapath test/host '

# Of what does not run beside others, what stands for the rest in a sample: rules of netfilter, whole runs, the load
# generator, programs on frames.
sample=' test/documented/documented-commands.test.ts test/netns/balancing.test.ts test/cli/stored-runs.test.ts test/udpgen/driver.test.ts test/bpf/balancer.test.ts '

is_in_extent() {
  if [ "${TEST_EXTENT:-}" != sample ] || [ "$kind" = unit ] || [ "$kind" = script ]; then return 0; fi
  case $sample in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

# add_to_bundle FILE: a folder's tests are loaded together. Each file that ava is given runs in a thread of its own,
# with all that it imports loaded anew, which takes longer than most tests.
add_to_bundle() {
  folder=${1%/*}
  bundle=${folder#test/}
  # Without a process, of which there would be one for each of a thousand files.
  case $bundle in */*) bundle=${bundle%/*}-${bundle##*/} ;; esac
  if [ "$kind" = script ]; then bundle=$bundle-scripts; fi
  bundle=build/units/$bundle.test.ts
  if [ ! -e "$bundle" ]; then
    case $kind$start_processes in
    unit*" $folder "*) starting="$starting $bundle" ;;
    unit*) computing="$computing $bundle" ;;
    *) commands="$commands $bundle" ;;
    esac
  fi
  printf "import '../../%s'\n" "$1" >>"$bundle"
}

# Sets lists of files: bundles of unit tests by what they do most (`computing`, `starting`) and of `commands`, and
# files of the other kinds (`pairs`, `here`, `apart`, `alone`).
choose_files() {
  rm -rf build/units
  mkdir -p build/units
  computing=
  starting=
  commands=
  pairs=
  here=
  apart=
  alone=
  for file in $(find test -name '*.test.ts' | sort); do
    set_kind "$file"
    if ! is_in_extent "$file"; then continue; fi
    case $kind in
    unit | command | script) add_to_bundle "$file" ;;
    pair) pairs="$pairs $file" ;;
    here) here="$here $file" ;;
    apart) apart="$apart $file" ;;
    alone) alone="$alone $file" ;;
    esac
  done
  for file in $sample; do
    if [ ! -e "$file" ]; then fail "$file: is in the sample, and not there"; fi
  done
}
