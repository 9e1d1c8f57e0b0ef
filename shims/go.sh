#!/bin/sh
# A shim of goswitch: runs the __TOOL__ of the Go SDK that this folder is bound to. `goswitch rehash` writes it anew.

# It starts and execs; nothing forks, and nothing is parsed before it is needed, so the order of the parts matters: the
# plainest cases first, in parts that look no further, then the whole rule.
. ./guard.sh
. ./plain.sh

_gs_tool=__TOOL__
. ./ready.sh

# A pin bound the SDK: cmd/go must not switch away from it, whatever `go env -w` says.
_gs_run_pinned() {
	GOROOT=$_gs_sdk GOTOOLCHAIN=${GOTOOLCHAIN:-__TOOLCHAIN__}
	export GOROOT GOTOOLCHAIN
	exec "$_gs_bin" "$@"
}

case $_gs_sdk in
?*) if _gs_ready; then _gs_run_pinned "$@"; fi ;;
esac

. ./series.sh

case $_gs_plain:$_gs_name in
pin:go1.[123456789][0123456789]) if _gs_find_series && _gs_ready; then _gs_run_pinned "$@"; fi ;;
esac

. ./least.sh

case $_gs_plain in
none)
	if _gs_find_least && _gs_ready; then
		GOROOT=$_gs_sdk
		export GOROOT
		exec "$_gs_bin" "$@"
	fi
	;;
esac

# The whole rule, from the start.
_gs_fault='' _gs_from='' _gs_name='' _gs_link='' _gs_unmet=''

. ./root.sh
. ./place.sh
. ./pin.sh

case "${1-} ${2-} ${3-}" in
+* | *-C*) _gs_from=later ;;
*)
	if _gs_find_root && _gs_find_dir; then _gs_find_pin; fi
	;;
esac

. ./words.sh

if [ "$_gs_from" = later ]; then
	_gs_from=''
	. ./chdir.sh
	case ${1-} in
	+*)
		_gs_from=$1
		shift
		;;
	esac
	if _gs_find_root; then
		_gs_find_dir
		if [ "$_gs_tool" = go ]; then _gs_follow_chdir "$@"; fi
		case $_gs_from in
		'') _gs_find_pin ;;
		*) _gs_word=${_gs_from#+} ;;
		esac
	fi
fi
if [ -z "$_gs_fault" ] && [ -n "$_gs_from" ]; then
	_gs_by=" (set by $_gs_from)"
	_gs_take_word
	case $_gs_fault:$_gs_name in
	:system) ;;
	:*) if _gs_guard "$_gs_tool"; then _gs_run_pinned "$@"; fi ;;
	esac
fi

. ./floor.sh

if [ -z "$_gs_fault" ] && [ -z "$_gs_from" ]; then
	_gs_take_unpinned
	case $_gs_unmet:${GOSWITCH_AUTO_INSTALL:-__AUTO__} in
	1:ask | 1:always) _gs_unmet=unmet:$_gs_fault _gs_fault=floor ;;
	*) _gs_unmet='' ;;
	esac
	case $_gs_fault:$_gs_name in
	: | :system) ;;
	:*)
		if _gs_guard "$_gs_tool"; then
			GOROOT=$_gs_sdk
			export GOROOT
			exec "$_gs_bin" "$@"
		fi
		;;
	esac
fi

# In mksh a failed exec, which has said why, ends no more than the command that it stands in.
case $_gs_fault:$_gs_name in
: | :system) ;;
:*) exit 126 ;;
esac

. ./system.sh

if [ -z "$_gs_fault" ] && _gs_take_system "$_gs_tool"; then
	unset GOROOT
	case ${GOSWITCH_DEPTH-} in
	[123456789] | [123456789][0123456789]) GOSWITCH_DEPTH=$((GOSWITCH_DEPTH + 1)) ;;
	*) GOSWITCH_DEPTH=1 ;;
	esac
	if [ "$GOSWITCH_DEPTH" -le 20 ]; then
		export GOSWITCH_DEPTH
		exec "$_gs_bin" "$@"
	fi
	_gs_fault=loop
fi

. ./say.sh
. ./errors.sh
. ./auto.sh

if [ -n "$_gs_unmet" ]; then
	# It could not be installed, or the answer was no: the default runs, as without auto_install.
	_gs_fault=${_gs_unmet#unmet:}
	if [ -z "$_gs_fault" ] && _gs_guard "$_gs_tool"; then
		_gs_fault=broken
		GOROOT=$_gs_sdk
		export GOROOT
		exec "$_gs_bin" "$@"
	fi
fi

if [ "$_gs_fault" != bom ]; then _gs_fail "$_gs_tool"; fi

. ./again.sh
