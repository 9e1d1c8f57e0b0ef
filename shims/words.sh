# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# The words of a pin: exact versions, series, aliases and linked names, looked up in $_gs_root.
# The order of versions is Go's (internal/gover): 1.21 < 1.21rc1 < 1.21.0, but 1.20rc1 < 1.20 = 1.20.0.

# Takes the number in front off $_gs_tail into _gs_num; fails where there is none, or one with a leading zero.
_gs_cut() {
	_gs_num=${_gs_tail%%[!0123456789]*}
	_gs_tail=${_gs_tail#"$_gs_num"}
	case $_gs_num in
	'' | 0?*) return 1 ;;
	esac
}

# Splits version $1 (without go) into _gs_major _gs_minor _gs_patch _gs_kind _gs_pre; fails if it is none.
_gs_split() {
	_gs_tail=$1 _gs_patch='' _gs_kind='' _gs_pre=''
	_gs_cut || return 1
	_gs_major=$_gs_num
	case $_gs_tail in
	'')
		_gs_minor=0 _gs_patch=0
		return 0
		;;
	.*) _gs_tail=${_gs_tail#.} ;;
	*) return 1 ;;
	esac
	_gs_cut || return 1
	_gs_minor=$_gs_num
	case $_gs_tail in
	'')
		case $_gs_minor in
		? | 1? | 20) _gs_patch=0 ;;
		esac
		return 0
		;;
	.*)
		_gs_tail=${_gs_tail#.}
		_gs_cut || return 1
		_gs_patch=$_gs_num
		;;
	*)
		_gs_kind=${_gs_tail%%[!abcdefghijklmnopqrstuvwxyz]*}
		_gs_tail=${_gs_tail#"$_gs_kind"}
		case $_gs_kind:$_gs_tail in
		:*) return 1 ;;
		*:) return 0 ;;
		esac
		_gs_cut || return 1
		_gs_pre=$_gs_num
		;;
	esac
	case $_gs_tail in
	?*) return 1 ;;
	esac
}

# Tells whether an SDK can have the name go$1: split, and spelled as Go releases it (no go1.21, no go1.20.0, no go1).
_gs_released() {
	_gs_split "$1" || return 1
	case $_gs_minor:$1 in
	*:"$_gs_major") return 1 ;;
	?:*.*.0 | 1?:*.*.0 | 20:*.*.0) return 1 ;;
	esac
	case $_gs_patch$_gs_kind in
	'') return 1 ;;
	esac
}

# Orders two numbers of any length ("" is less than 0): sets _gs_order to -1, 0 or 1, succeeds if they are equal.
_gs_number() {
	_gs_order=0
	case $1 in
	"$2") return 0 ;;
	esac
	_gs_order=1
	if [ ${#1} -eq ${#2} ]; then
		_gs_x=$1 _gs_y=$2
		while [ ${#_gs_x} -gt 9 ]; do
			_gs_a=${_gs_x%"${_gs_x#?????????}"} _gs_b=${_gs_y%"${_gs_y#?????????}"}
			_gs_x=${_gs_x#?????????} _gs_y=${_gs_y#?????????}
			if [ "$_gs_a" != "$_gs_b" ]; then _gs_x=$_gs_a _gs_y=$_gs_b; fi
		done
		# The 1 in front keeps every sh from reading octal.
		[ "1$_gs_x" -gt "1$_gs_y" ] || _gs_order=-1
	elif [ ${#1} -lt ${#2} ]; then
		_gs_order=-1
	fi
	return 1
}

# Orders two lower-case words, as _gs_number does.
_gs_letters() {
	_gs_order=0
	_gs_x=$1 _gs_y=$2
	while [ "$_gs_x" != "$_gs_y" ]; do
		_gs_a=${_gs_x%"${_gs_x#?}"} _gs_b=${_gs_y%"${_gs_y#?}"}
		if [ "$_gs_a" != "$_gs_b" ]; then
			_gs_order=1
			_gs_x=abcdefghijklmnopqrstuvwxyz
			case $_gs_x in
			*"$_gs_a"*"$_gs_b"*) [ -z "$_gs_b" ] || _gs_order=-1 ;;
			esac
			return 1
		fi
		_gs_x=${_gs_x#?} _gs_y=${_gs_y#?}
	done
}

# ksh93 does not see the files that FIGNORE names, and takes that from the environment: here it is empty for a moment.
_gs_fignore=''
_gs_see_all() {
	case ${FIGNORE:+${KSH_VERSION-}} in
	*93*) _gs_fignore=$FIGNORE FIGNORE='' ;;
	esac
}
_gs_see_less() {
	case $_gs_fignore in
	?*) FIGNORE=$_gs_fignore _gs_fignore='' ;;
	esac
}

# Finds the newest usable SDK of series $1: sets _gs_best to its version. In a series a release is above any prerelease.
_gs_newest() {
	_gs_best=''
	_gs_see_all
	for _gs_each in "$_gs_root/go$1"*; do
		_gs_v=${_gs_each#"$_gs_root/go"}
		case ${_gs_v#"$1"} in
		'' | .* | [abcdefghijklmnopqrstuvwxyz]*) ;;
		*) continue ;;
		esac
		_gs_released "$_gs_v" || continue
		case $_gs_best in
		?*)
			if _gs_number "$_gs_patch" "$_gs_best_patch" && _gs_letters "$_gs_kind" "$_gs_best_kind"; then
				_gs_number "$_gs_pre" "$_gs_best_pre"
			fi
			case $_gs_order in
			-1) continue ;;
			esac
			;;
		esac
		[ -f "$_gs_each/.unpacked-success" ] || continue
		_gs_best=$_gs_v _gs_best_patch=$_gs_patch _gs_best_kind=$_gs_kind _gs_best_pre=$_gs_pre
	done
	_gs_see_less
	case $_gs_best in
	'') return 1 ;;
	esac
}

# Finds the series next to series $2 ("" is none) that has a usable SDK, a release if $3 is release: the lowest one above
# it ($1 = 1) or the highest one below it ($1 = -1). Sets _gs_series.
_gs_next() {
	_gs_series=''
	_gs_see_all
	for _gs_each in "$_gs_root"/go*.*; do
		_gs_v=${_gs_each#"$_gs_root/go"}
		_gs_released "$_gs_v" || continue
		case $3$_gs_kind in
		release?*) continue ;;
		esac
		[ -f "$_gs_each/.unpacked-success" ] || continue
		for _gs_v in "$2" "$_gs_series"; do
			if [ -n "$_gs_v" ]; then
				if _gs_number "$_gs_major" "${_gs_v%%.*}"; then _gs_number "$_gs_minor" "${_gs_v#*.}"; fi
				case $_gs_v in
				"$_gs_series") _gs_order=$((-_gs_order)) ;;
				esac
				[ "$_gs_order" = "$1" ] || continue 2
			fi
		done
		_gs_series=$_gs_major.$_gs_minor
	done
	_gs_see_less
	[ -n "$_gs_series" ]
}

# Takes $_gs_word to an SDK: sets _gs_name and _gs_sdk (_gs_link to 1 for a linked one), or _gs_name=system.
_gs_take_word() {
	_gs_name='' _gs_link='' _gs_best=''
	if [ ${#_gs_word} -gt 64 ]; then
		_gs_fault=characters
		return 1
	fi
	case $_gs_word in
	'' | *[!0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+_-]* | [.-]*)
		_gs_fault=characters
		return 1
		;;
	system)
		_gs_name=system
		return 0
		;;
	stable | latest | oldstable)
		_gs_fault=unreleased
		_gs_next -1 '' release || return 1
		if [ "$_gs_word" = oldstable ]; then _gs_next -1 "$_gs_series" release || return 1; fi
		_gs_newest "$_gs_series"
		;;
	go*) _gs_spelled=${_gs_word#go} ;;
	v*) _gs_spelled=${_gs_word#v} ;;
	*) _gs_spelled=$_gs_word ;;
	esac
	if [ -z "$_gs_best" ] && _gs_split "${_gs_spelled%.x}"; then
		_gs_series=$_gs_major.$_gs_minor
		case $_gs_spelled in
		"$_gs_series" | "$_gs_series.x")
			_gs_fault=series
			_gs_newest "$_gs_series" || return 1
			;;
		*.x | "$_gs_major") ;;
		*)
			_gs_released "$_gs_spelled" || _gs_spelled=${_gs_spelled%.0}
			_gs_best=$_gs_spelled
			;;
		esac
	fi
	_gs_name=go$_gs_best
	case $_gs_best:$_gs_word in
	?*:*) ;;
	:[0123456789]*)
		_gs_fault=spelling
		return 1
		;;
	*) _gs_name=$_gs_word _gs_link=1 ;;
	esac
	_gs_sdk=$_gs_root/$_gs_name
	_gs_fault=''
	if [ -z "$_gs_link" ]; then
		if [ -f "$_gs_sdk/.unpacked-success" ]; then return 0; fi
		_gs_fault=absent
	elif [ -d "$_gs_sdk" ]; then
		if [ -L "$_gs_sdk" ] || [ -f "$_gs_sdk/.unpacked-success" ] || [ "$_gs_name" = gotip ]; then return 0; fi
	fi
	_gs_fault=${_gs_fault:-unlinked}
	return 1
}

# Checks that tool $1 of $_gs_sdk can be run (most sh take an empty file for a program that succeeds): sets _gs_bin.
_gs_guard() {
	_gs_bin=$_gs_sdk/bin/$1
	if [ -f "$_gs_bin" ] && [ -x "$_gs_bin" ] && [ -s "$_gs_bin" ]; then return 0; fi
	_gs_fault=broken
	case $1 in
	go | gofmt) ;;
	*) if ! [ -e "$_gs_bin" ]; then _gs_fault=toolless; fi ;;
	esac
	return 1
}
