# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# auto_install: what a call of `go` finds missing is installed, if that is wanted, and the script starts over.
# The install is a process of its own: the tool then runs as it would at any other time, and where goswitch or its Python
# is broken or gone, the usual words come.

# Sets _gs_py to the Python half of goswitch: where it was when this was written, else on PATH.
_gs_find_python() {
	_gs_py=__COMMAND__
	if [ -f "$_gs_py" ] && [ -x "$_gs_py" ]; then return 0; fi
	_gs_rest=${PATH-}:
	while [ -n "$_gs_rest" ]; do
		_gs_py=${_gs_rest%%:*}/goswitch-py
		_gs_rest=${_gs_rest#*:}
		case $_gs_py in
		/*) if [ -f "$_gs_py" ] && [ -x "$_gs_py" ]; then return 0; fi ;;
		esac
	done
	return 1
}

# Runs goswitch-py with these words, stdin from 3 and stdout to stderr, and returns its status. A signal that is to end
# this process ends that one first: it clears up what it began, and installs nothing behind anybody's back.
_gs_run_python() {
	_gs_child='' _gs_ended=''
	trap '_gs_end 129' HUP
	trap '_gs_end 130' INT
	trap '_gs_end 143' TERM
	# yash puts a process between, unless it is told not to.
	exec "$_gs_py" "$@" <&3 3<&- >&2 &
	_gs_child=$!
	case $_gs_ended in
	?*) _gs_end "$_gs_ended" ;;
	esac
	wait "$_gs_child"
	set -- "$?"
	case $_gs_ended in
	?*)
		wait "$_gs_child"
		exit "$_gs_ended"
		;;
	esac
	trap - HUP INT TERM
	return "$1"
}

# Ends goswitch-py, by the signal that no sh lets it ignore, and keeps status $1 for this process.
_gs_end() {
	_gs_ended=$1
	case $_gs_child in
	?*) kill "$_gs_child" 2>/dev/null ;;
	esac
}

# Installs what _gs_fault says is missing, for tool $1. Succeeds if the script is to start over.
_gs_install() {
	case $_gs_fault in
	absent | series | unreleased | floor) ;;
	*) return 1 ;;
	esac
	# The process's own number, as the environment may hold anything under this name.
	case ${_gs_tried-} in
	"$$") return 1 ;;
	esac
	_gs_wish=${GOSWITCH_AUTO_INSTALL:-__AUTO__}
	case $_gs_wish in
	always) ;;
	ask) if ! [ -t 0 ] || ! [ -t 2 ]; then return 1; fi ;;
	never) return 1 ;;
	*)
		_gs_say "goswitch: GOSWITCH_AUTO_INSTALL is \"$_gs_wish\", but can be never, ask, always" >&2
		return 1
		;;
	esac
	_gs_find_python || return 1
	_gs_explain "$1"
	_gs_tried=$$
	_gs_wanted=${_gs_help#goswitch install }
	if [ "$_gs_wish" = ask ]; then
		# It asks: calls at the same time must not ask each.
		_gs_run_python install --ask "$_gs_fact" -- "$_gs_wanted" 3<&0
	else
		_gs_say "goswitch: $_gs_fact" >&2
		_gs_say "auto_install: $_gs_help" >&2
		_gs_quiet=--quiet
		if [ -t 2 ]; then _gs_quiet=--; fi
		_gs_run_python install "$_gs_quiet" "$_gs_wanted" 3</dev/null
	fi
	_gs_done=$?
	case $_gs_done in
	0) return 0 ;;
	126 | 127) return 1 ;;
	129 | 130 | 143) exit "$_gs_done" ;;
	*)
		if [ -n "$_gs_unmet" ]; then return 1; fi
		exit 126
		;;
	esac
}

if [ "$_gs_fault" != bom ] && _gs_install "$_gs_tool"; then
	case $_gs_from in
	+*) set -- "$_gs_from" "$@" ;;
	esac
	# shellcheck disable=SC1090 # it is this script
	case $0 in
	*/*) . "$0" ;;
	*) . "./$0" ;;
	esac
fi
