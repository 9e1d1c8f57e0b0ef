# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# `system`: what is on PATH outside the shims.

# Finds tool $1 on PATH, outside any folder of shims and outside the one that a hook put there: sets _gs_bin.
_gs_on_path() {
	_gs_tidy "${GOSWITCH_HOOK_BIN:-none}"
	_gs_hook=$_gs_path
	_gs_rest=${PATH-}:
	while [ -n "$_gs_rest" ]; do
		_gs_up=${_gs_rest%%:*}
		_gs_rest=${_gs_rest#*:}
		case $_gs_up in
		/*) ;;
		*) continue ;;
		esac
		_gs_tidy "$_gs_up"
		_gs_bin=$_gs_path/$1
		if [ "$_gs_path" != "$_gs_hook" ] && ! [ -f "$_gs_path/.goswitch-shims" ] &&
			[ -f "$_gs_bin" ] && [ -x "$_gs_bin" ] && [ -s "$_gs_bin" ]; then
			return 0
		fi
	done
	return 1
}

# Binds tool $1 of `system`, or with no pin and no default of whatever `go` there is.
_gs_take_system() {
	if [ -z "$_gs_name" ]; then
		_gs_by='' _gs_why=' (first go on PATH)'
		if ! _gs_on_path go; then
			_gs_fault=nothing
			return 1
		fi
	fi
	_gs_name=system
	if _gs_on_path "$1"; then return 0; fi
	_gs_fault=missing
	return 1
}
