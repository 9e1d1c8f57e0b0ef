# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# The words for every _gs_fault: the fact, and the command that mends it.

# Sets _gs_help for a pin that can't be read: where it was written decides how to write it.
_gs_help_pin() {
	case $_gs_from:$_gs_file in
	GOSWITCH_VERSION:*) _gs_help='export GOSWITCH_VERSION=1.22.4' ;;
	+*) _gs_help='name a version after the plus sign: go +1.22.4 version' ;;
	*:"$_gs_root/.goswitch/default") _gs_help='goswitch default 1.22.4' ;;
	*) _gs_help='write one version in it: goswitch pin 1.22.4' ;;
	esac
}

# Tells whether folder $1 has nothing in it.
_gs_is_empty() {
	for _gs_each in "$1"/* "$1"/.[!.]* "$1"/..?*; do
		if [ -e "$_gs_each" ] || [ -L "$_gs_each" ]; then return 1; fi
	done
}

# Turns _gs_fault into _gs_fact, _gs_help and _gs_status. $1 is the tool.
_gs_explain() {
	_gs_status=126
	_gs_version=${_gs_name#go}
	case $_gs_fault in
	home)
		_gs_fact='HOME is not set, so ~/sdk cannot be found'
		_gs_help='export HOME, or name the SDK root: export GOSWITCH_SDK_ROOT=/path/to/sdk'
		;;
	root)
		_gs_fact="GOSWITCH_SDK_ROOT is not an absolute path: $_gs_root"
		# shellcheck disable=SC2016 # it is for typing
		_gs_help='export GOSWITCH_SDK_ROOT="$HOME/sdk"'
		;;
	irregular | unreadable | empty)
		case $_gs_fault in
		irregular) _gs_fact="$_gs_file: not a regular file" ;;
		unreadable) _gs_fact="$_gs_file: cannot be read" ;;
		empty) _gs_fact="$_gs_file: is empty" ;;
		esac
		_gs_help_pin
		;;
	nameless | characters | spelling)
		case $_gs_fault in
		nameless) _gs_fact="$_gs_from: names no version" ;;
		characters) _gs_fact="$_gs_from: not a Go version (it has characters that no version has)" ;;
		spelling) _gs_fact="$_gs_from: \"$_gs_word\" is not a Go version" ;;
		esac
		_gs_help_pin
		;;
	absent)
		_gs_fact="$_gs_name is not installed$_gs_by"
		if [ -e "$_gs_sdk" ] || [ -L "$_gs_sdk" ]; then
			if ! [ -d "$_gs_sdk" ] || ! _gs_is_empty "$_gs_sdk"; then
				_gs_fact="$_gs_name is incomplete$_gs_by: $_gs_sdk has no .unpacked-success"
			fi
		fi
		_gs_help="goswitch install $_gs_version"
		;;
	series)
		_gs_fact="no go$_gs_series release is installed$_gs_by"
		_gs_help="goswitch install $_gs_series"
		;;
	unreleased)
		_gs_fact="no Go release is installed$_gs_by"
		_gs_help='goswitch install stable'
		if [ "$_gs_word" = oldstable ]; then _gs_help='goswitch install oldstable'; fi
		;;
	unlinked)
		_gs_fact="no SDK is linked as $_gs_name$_gs_by"
		_gs_help="goswitch link $_gs_name /path/to/goroot"
		;;
	broken)
		_gs_fact="$_gs_bin is not an executable file$_gs_by"
		_gs_help="goswitch uninstall $_gs_version && goswitch install $_gs_version"
		if [ -n "$_gs_link" ]; then _gs_help="goswitch link $_gs_name /path/to/goroot"; fi
		;;
	toolless)
		_gs_fact="$_gs_name has no tool $1"
		_gs_help="ls $_gs_sdk/bin"
		_gs_status=127
		;;
	floor)
		_gs_fact="no installed SDK satisfies $_gs_asks ($_gs_at)"
		_gs_split "$_gs_floor"
		_gs_help="goswitch install $_gs_floor"
		if [ -z "$_gs_toolchain$_gs_kind" ]; then _gs_help="goswitch install $_gs_major.$_gs_minor"; fi
		;;
	nothing)
		_gs_fact='no go here: no pin, no default, and none on PATH'
		_gs_help='goswitch install stable && goswitch default stable'
		_gs_status=127
		;;
	missing)
		_gs_fact="no $1 on PATH outside the shims$_gs_by"
		_gs_help='goswitch default stable'
		_gs_status=127
		;;
	loop)
		_gs_fact="$_gs_bin is a loop: system leads back to goswitch 20 times (GOSWITCH_DEPTH)"
		_gs_help='put a real go on PATH, or pin a version: goswitch pin stable'
		;;
	esac
}

# Says what is wrong and ends. $1 is the tool.
_gs_fail() {
	_gs_explain "$1"
	_gs_say "goswitch: $_gs_fact" >&2
	_gs_say "help: $_gs_help" >&2
	exit "$_gs_status"
}
