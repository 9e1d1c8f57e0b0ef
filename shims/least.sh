# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# The plain floor: no pin, one nearest go.mod or go.work whose `go` and `toolchain` lines say 1.22, 1.22.4 or go1.22.4, and
# a default that is none, X.Y.Z or a series. Sets _gs_sdk, as floor.sh would; it fails where floor.sh must decide.

# Sets _gs_rank to a number that orders plain versions, and _gs_name to the series of $1 (go1.22.4, go1.22).
_gs_rank_plain() {
	case $1 in
	go1.[123456789][0123456789].[123456789] | go1.[123456789][0123456789].[123456789][0123456789]) ;;
	go1.2[123456789].0 | go1.[3456789][0123456789].0) ;;
	go1.[123456789][0123456789])
		_gs_name=$1 _gs_rank=$((${1#go1.} * 1000 - 1))
		return 0
		;;
	*) return 1 ;;
	esac
	_gs_rank=${1#go1.}
	_gs_name=go1.${_gs_rank%.*} _gs_rank=$((${_gs_rank%.*} * 1000 + ${_gs_rank#*.}))
}

# Finds the file that sets the floor: sets _gs_file, to "" if there is none.
_gs_find_plain_mod() {
	case ${GOWORK-} in
	'' | auto) ;;
	*) return 1 ;;
	esac
	_gs_up=$PWD _gs_file=''
	until test -e "$_gs_up/go.work"; do
		case $_gs_file in
		'') if test -e "$_gs_up/go.mod"; then _gs_file=$_gs_up/go.mod; fi ;;
		esac
		case $_gs_up in
		'') break ;;
		esac
		_gs_up=${_gs_up%/*}
	done
	if test -e "$_gs_up/go.work"; then _gs_file=$_gs_up/go.work; fi
	case ${TMPDIR-}:$_gs_file in
	*//:* | *:"${TMPDIR:-/tmp}go.mod" | *:"${TMPDIR:-/tmp}/go.mod") return 1 ;;
	esac
}

# Reads $_gs_file: sets _gs_go and _gs_toolchain to what its first such lines say.
_gs_scan_plain() {
	_gs_go='' _gs_toolchain='' _gs_odd=__ODD__
	if ! test -f "$_gs_file" || ! test -r "$_gs_file"; then return 1; fi
	while IFS=__BLANK__ read -r _gs_key _gs_value || test -n "$_gs_key"; do
		# No key has a blank in it.
		case "$_gs_key $_gs_go $_gs_value" in
		*["$_gs_odd"]*) return 1 ;;
		go\ *\ ?*) _gs_go=${_gs_go:-$_gs_value} ;;
		toolchain\ *\ ?*) _gs_toolchain=${_gs_toolchain:-$_gs_value} ;;
		require\ ?*\ * | "require("*\ ?*\ * | use\ ?*\ * | "use("*\ ?*\ *) return 0 ;;
		[reutig]*\ ?*\ *) return 1 ;;
		esac
		case $_gs_go:$_gs_toolchain in
		?*:?*) return 0 ;;
		esac
	done <"$_gs_file"
}

# Finds the default: sets _gs_sdk, to "" if there is none, and _gs_rank.
_gs_find_plain_default() {
	_gs_sdk='' _gs_rank=0 _gs_default=$_gs_root/.goswitch/default
	if ! test -e "$_gs_default" && ! test -L "$_gs_default"; then return 0; fi
	if ! test -f "$_gs_default" || ! test -r "$_gs_default"; then return 1; fi
	IFS=__BLANK__ read -r _gs_word _gs_rest <"$_gs_default"
	case $_gs_word in
	??????????*) return 1 ;;
	esac
	_gs_rank_plain "go${_gs_word#go}" || return 1
	_gs_sdk=$_gs_root/go${_gs_word#go}
	case $_gs_sdk in
	"$_gs_root/$_gs_name") _gs_find_series && _gs_rank_plain "$_gs_name.$_gs_best" ;;
	esac
	test -f "$_gs_sdk/.unpacked-success"
}

_gs_find_least() {
	if ! _gs_find_plain_mod || ! _gs_find_plain_default; then return 1; fi
	case $_gs_file in
	'')
		test -n "$_gs_sdk"
		return
		;;
	esac
	if ! _gs_scan_plain; then return 1; fi
	_gs_default=$_gs_rank _gs_need=0
	case $_gs_toolchain in
	?*)
		_gs_rank_plain "$_gs_toolchain" || return 1
		_gs_need=$_gs_rank
		;;
	esac
	_gs_rank_plain "go$_gs_go" || return 1
	if test "$_gs_rank" -ge "$_gs_need"; then _gs_need=$_gs_rank _gs_toolchain=''; fi
	if test "$_gs_default" -ge "$_gs_need"; then return 0; fi
	case $_gs_toolchain in
	go1.*.*) _gs_sdk=$_gs_root/$_gs_toolchain ;;
	'') _gs_find_series && _gs_rank_plain "$_gs_name.$_gs_best" && test "$_gs_rank" -ge "$_gs_need" ;;
	*) return 1 ;;
	esac
}
