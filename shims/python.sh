# shellcheck shell=sh
# The Python half of the front: goswitch-py, which was installed beside this script.

case $0 in
*/*) _gs_dir=${0%/*} ;;
*)
	# Found through an empty entry of PATH, or as `sh goswitch`.
	_gs_dir=.
	_gs_rest=${PATH-}:
	while [ -n "$_gs_rest" ]; do
		_gs_up=${_gs_rest%%:*}
		_gs_rest=${_gs_rest#*:}
		if [ -f "${_gs_up:-.}/$0" ] && [ -x "${_gs_up:-.}/goswitch-py" ]; then
			_gs_dir=${_gs_up:-.}
			break
		fi
	done
	;;
esac
if ! [ -x "$_gs_dir/goswitch-py" ] && [ -L "$0" ]; then
	# Somebody's own link to the script: follow it. This is not the fast path any more.
	_gs_link=$(readlink -f -- "$0") && _gs_dir=${_gs_link%/*}
fi
if [ -x "$_gs_dir/goswitch-py" ]; then
	exec "$_gs_dir/goswitch-py" "$@"
fi
_gs_say "goswitch: $_gs_dir/goswitch-py is missing: goswitch is not completely installed" >&2
_gs_say 'help: pip install --force-reinstall goswitch' >&2
exit 127
