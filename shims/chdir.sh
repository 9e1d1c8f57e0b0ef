# shellcheck shell=sh
# shellcheck disable=SC2034 # set for the parts that follow
# `go -C dir`: cmd/go moves there before it looks for anything, so the walk starts there too.

# Sets _gs_dir to the physical path of folder $1; leaves it alone if that can't be entered (go says it).
_gs_enter() {
	case $1 in
	'') return 0 ;;
	/*) _gs_to=$1 ;;
	*) _gs_to=./$1 ;;
	esac
	_gs_back=$PWD _gs_old=${OLDPWD-} _gs_had_old=${OLDPWD+1}
	# shellcheck disable=SC3013 # every sh that we support has -ef
	if ! [ "$_gs_back" -ef . ] || ! cd -P -- "$_gs_to" 2>/dev/null; then return 0; fi
	_gs_dir=${PWD%/}
	# The way back was open a moment ago. If it is not now, then nothing may run in the wrong folder.
	cd -- "$_gs_back" || exit 126
	OLDPWD=$_gs_old
	if [ -z "$_gs_had_old" ]; then unset OLDPWD; fi
}

# Takes the arguments of `go`: -C stands first, or right after the subcommand.
_gs_follow_chdir() {
	case ${1-} in
	-*) ;;
	mod | work)
		shift
		case ${1-} in
		-*) ;;
		?*) shift ;;
		esac
		;;
	?*) shift ;;
	esac
	case ${1-} in
	-C | --C) _gs_enter "${2-}" ;;
	-C=* | --C=*) _gs_enter "${1#*=}" ;;
	esac
}
