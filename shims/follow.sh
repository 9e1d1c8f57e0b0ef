# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
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
	PATH=$1${PATH:+:$PATH}
}

# Finds the pin from where the shell is, and binds the shell to its SDK. A pin that can't be followed binds nothing, and
# nothing is said about it here: the shims say it, to whoever calls go.
_gs_follow() {
	_gs_bin='' _gs_fault='' _gs_link='' _gs_found='' _gs_dir=${PWD%/}
	if _gs_find_root && _gs_find_pin; then
		if _gs_exact go; then
			_gs_found=${_gs_bin%/go}
		elif _gs_take_word && [ "$_gs_name" != system ] && _gs_guard go; then
			_gs_found=${_gs_bin%/go}
		fi
	fi
	case $_gs_found in
	*:*) _gs_found='' ;;
	esac
	if [ "$_gs_found" != "${GOSWITCH_HOOK_BIN-}" ]; then
		_gs_release
		if [ -n "$_gs_found" ]; then _gs_hold "$_gs_found"; fi
	elif [ -n "$_gs_found" ]; then
		case :$PATH: in
		*":$_gs_found:"*) ;;
		*) PATH=$_gs_found${PATH:+:$PATH} ;;
		esac
	fi
}

# Puts the shims on PATH if they are not there, and starts anew where a shell above had bound itself.
_gs_begin() {
	case :${PATH-}: in
	*:__SHIMS__:*) ;;
	*) PATH=__SHIMS__${PATH:+:$PATH} ;;
	esac
	_gs_release
}
