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
	_gs_say "goswitch: $_gs_fact" >&2
	if [ "$_gs_wish" = ask ]; then
		_gs_say "install it now, by \`$_gs_help\`? [Y/n]" >&2
		_gs_answer=n
		read -r _gs_answer || :
		case $_gs_answer in
		'' | [yY] | [yY][eE][sS]) ;;
		*)
			if [ -n "$_gs_unmet" ]; then return 1; fi
			_gs_say "help: $_gs_help" >&2
			exit "$_gs_status"
			;;
		esac
	else
		_gs_say "auto_install: $_gs_help" >&2
	fi
	_gs_tried=$$
	_gs_quiet=--quiet
	if [ -t 2 ]; then _gs_quiet=--; fi
	"$_gs_py" install "$_gs_quiet" "${_gs_help#goswitch install }" </dev/null >&2
	case $? in
	0) return 0 ;;
	126 | 127) return 1 ;;
	130) exit 130 ;;
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
