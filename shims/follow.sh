# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# shellcheck disable=SC3010 # bash and zsh have [[, which costs half of what [ does
# What the hooks of bash and zsh have in common: binding this shell's PATH, GOROOT and GOTOOLCHAIN to the pin's SDK.
# The GOSWITCH_HOOK_ variables are exported, so that a shell started from here can put back what it never saw.
# Floors are not followed: they stay with the shims, which are on PATH.

# Puts back what _gs_hold changed; what the user has set since then stays.
_gs_release() {
	if [ -z "${GOSWITCH_HOOK_BIN-}" ]; then return 0; fi
	_gs_rest=:${PATH-}:
	case $_gs_rest in
	*":$GOSWITCH_HOOK_BIN:"*)
		_gs_rest=${_gs_rest%%":$GOSWITCH_HOOK_BIN:"*}:${_gs_rest#*":$GOSWITCH_HOOK_BIN:"}
		_gs_rest=${_gs_rest#:}
		PATH=${_gs_rest%:}
		;;
	esac
	case ${GOROOT+set}:${GOSWITCH_HOOK_GOROOT-} in
	:=*) export GOROOT="${GOSWITCH_HOOK_GOROOT#=}" ;;
	esac
	case ${GOSWITCH_HOOK_GOTOOLCHAIN-} in
	"-${GOTOOLCHAIN-}") unset GOTOOLCHAIN ;;
	"=${GOTOOLCHAIN-}") GOTOOLCHAIN='' ;;
	esac
	unset GOSWITCH_HOOK_BIN GOSWITCH_HOOK_GOROOT GOSWITCH_HOOK_GOTOOLCHAIN
}

# Puts folder $1 into PATH: behind the shims where they stand first, so that each call is looked up where it happens, and
# `go +1.21` is theirs to read. Where another folder stands before them, its `go` would win: there it goes first.
_gs_put_in_path() {
	case ${PATH-} in
	__SHIMS__:*) PATH=__SHIMS__:$1:${PATH#__SHIMS__:} ;;
	__SHIMS__) PATH=$PATH:$1 ;;
	*) PATH=$1${PATH:+:$PATH} ;;
	esac
}

# Binds this shell to the SDK whose programs are in $1.
_gs_hold() {
	export GOSWITCH_HOOK_BIN="$1"
	if [ -n "${GOROOT+set}" ]; then
		export GOSWITCH_HOOK_GOROOT="=$GOROOT"
		unset GOROOT
	fi
	if [ -z "${GOTOOLCHAIN-}" ]; then
		_gs_rest=-
		if [ -n "${GOTOOLCHAIN+set}" ]; then _gs_rest='='; fi
		export GOTOOLCHAIN=__TOOLCHAIN__
		export GOSWITCH_HOOK_GOTOOLCHAIN="$_gs_rest$GOTOOLCHAIN"
	fi
	_gs_put_in_path "$1"
}

# Finds the SDK of any pin by the whole rule: sets _gs_sdk, to "" if there is none that can be followed. Nothing is said about
# a pin that can't be: the shims say it, to whoever calls go.
_gs_find_far() {
	# shellcheck disable=SC3043 # bash and zsh have local
	local IFS=' ' _gs_v _gs_path _gs_dir="${PWD%/}" _gs_up _gs_n _gs_next _gs_rest _gs_blank _gs_from _gs_fault='' _gs_link='' \
		_gs_best_patch _gs_best_kind _gs_best_pre _gs_series _gs_spelled _gs_tail _gs_num _gs_order _gs_x _gs_y _gs_a _gs_b \
		_gs_major _gs_minor _gs_patch _gs_kind _gs_pre _gs_bom=__BOM__
	if _gs_find_root && _gs_find_pin && _gs_take_word && [ "$_gs_name" != system ] && _gs_guard go; then
		case $_gs_sdk in
		*:*) ;;
		*) return 0 ;;
		esac
	fi
	_gs_sdk=''
}

# Binds this shell to the SDK whose programs are in $1, if any; also where it was bound to another, or to this one.
_gs_bind() {
	case $1 in
	"${GOSWITCH_HOOK_BIN-}")
		case $1::${PATH-}: in
		::* | *:"$1":*) ;;
		*) _gs_put_in_path "$1" ;;
		esac
		;;
	*)
		_gs_release
		if [ -n "$1" ]; then _gs_hold "$1"; fi
		;;
	esac
	# What stands behind ours in PATH: to cut it off costs bash more than all else on the way to the next SDK.
	_gs_behind=${PATH-}
	_gs_behind=${_gs_behind#__SHIMS__:"${GOSWITCH_HOOK_BIN:-none}":}
}

# Puts the shims on PATH if they are not there, and starts anew where a shell above had bound itself.
_gs_begin() {
	case :${PATH-}: in
	*:__SHIMS__:*) ;;
	*) PATH=__SHIMS__${PATH:+:$PATH} ;;
	esac
	_gs_release
}
