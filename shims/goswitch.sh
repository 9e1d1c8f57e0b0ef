#!/bin/sh
# goswitch: answers root, which and current itself, in less than a millisecond; goswitch-py, beside it, does the rest.

. ./guard.sh

_gs_tool=go _gs_verb='' _gs_plain='' _gs_sdk=''
case $#:${1-} in
1:root | 1:prefix | 1:which | 1:current) _gs_verb=$1 ;;
2:which)
	case $2 in
	'' | *[!0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+_-]* | [.-]*) ;;
	*) _gs_verb=$1 _gs_tool=$2 ;;
	esac
	;;
esac

. ./say.sh

. ./plain.sh

_gs_answer() {
	case $_gs_verb in
	which) _gs_say "$_gs_bin" ;;
	current) _gs_say "$_gs_name$_gs_why" ;;
	*) _gs_say "$_gs_sdk" ;;
	esac
	exit
}

. ./ready.sh

case $_gs_verb:$_gs_sdk in
?*:?*)
	if _gs_ready; then
		_gs_why=" (set by $_gs_file:1)"
		_gs_answer
	fi
	;;
esac

case $_gs_verb in
'')
	. ./python.sh
	;;
esac

# The whole rule, from the start.
_gs_fault='' _gs_from='' _gs_name='' _gs_link=''

. ./root.sh
. ./place.sh
. ./pin.sh

if _gs_find_root && _gs_find_dir && _gs_find_pin; then
	_gs_by=" (set by $_gs_from)"
	_gs_why=$_gs_by
fi

. ./words.sh

if [ -z "$_gs_fault" ] && [ -n "$_gs_from" ]; then
	_gs_take_word
	case $_gs_fault:$_gs_name in
	:system) ;;
	:*) if _gs_guard "$_gs_tool"; then _gs_answer; fi ;;
	esac
fi

. ./floor.sh

if [ -z "$_gs_fault" ] && [ -z "$_gs_from" ]; then
	_gs_take_unpinned
	case $_gs_fault:$_gs_name in
	: | :system) ;;
	:*) if _gs_guard "$_gs_tool"; then _gs_answer; fi ;;
	esac
fi

. ./system.sh

if [ -z "$_gs_fault" ] && _gs_take_system "$_gs_tool"; then
	_gs_why="$_gs_why: $_gs_bin"
	_gs_sdk=${_gs_bin%/*}
	_gs_sdk=${_gs_sdk%/bin}
	case $_gs_verb in
	root | prefix)
		if [ "$_gs_bin" != "$_gs_sdk/bin/go" ] || ! [ -f "$_gs_sdk/VERSION" ] || ! [ -d "$_gs_sdk/pkg/tool" ]; then
			# A go that stands apart from its SDK; it knows where that is.
			unset GOROOT
			GOTOOLCHAIN=local GOWORK=off
			export GOTOOLCHAIN GOWORK
			exec "$_gs_bin" env GOROOT
		fi
		;;
	esac
	_gs_answer
fi

. ./errors.sh

if [ "$_gs_fault" != bom ]; then _gs_fail "$_gs_tool"; fi

. ./again.sh
