# The hook of goswitch for bash, 3.2 and newer: before each prompt it binds the shell to the SDK of the nearest pin.
# `goswitch init bash` prints it. Nothing here forks, and nothing is printed.

# An alias of the user's must not get into what is defined here.
if shopt -q expand_aliases; then
	shopt -u expand_aliases
	_gs_aliases=1
else
	_gs_aliases=''
fi

. ./root.sh
. ./pin.sh
. ./words.sh
. ./series.sh
. ./follow.sh

_gs_seen='' _gs_seen_at=unknown _gs_seen_pin='' _gs_seen_line='' _gs_seen_mark=''

# Runs before each prompt. What the user's own PROMPT_COMMAND sees in $? is what the command line left there.
_gs_hook() {
	local _gs_status=$? _gs_up=${PWD%/} _gs_is=other _gs_line
	# Is all as it was when _gs_look last bound the shell? The pin is read each time, as nothing else in a shell tells
	# whether a file has changed. (With nocasematch, where A is a, these comparisons are none.)
	# shellcheck disable=SC2050 # said above
	if [[ A != a && $PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-} == "$_gs_seen" ]]; then
		while [[ $_gs_up != "$_gs_seen_at" ]]; do
			if [[ -e $_gs_up/.go-version || -e $_gs_up/.tool-versions || -L $_gs_up/.go-version || -L $_gs_up/.tool-versions ]]; then
				break
			elif [[ -z $_gs_up ]]; then
				_gs_is=same
				break
			fi
			_gs_up=${_gs_up%/*}
		done
		if [[ $_gs_up == "$_gs_seen_at" && -f $_gs_seen_pin && -r $_gs_seen_pin && -f $_gs_seen_mark ]]; then
			IFS='' builtin read -r -u 9 _gs_line 9<"$_gs_seen_pin" || :
			if [[ $_gs_line == "$_gs_seen_line" ]]; then _gs_is=same; fi
		fi
	fi
	if [[ $_gs_is == other ]]; then _gs_look; fi
	# Under `set -e` a status that is not 0 would end the shell here, instead of where it arose.
	case $- in
	*e*) return 0 ;;
	esac
	return "$_gs_status"
}

_gs_look() {
	# The series are found by a pattern, and patterns may mean something else in this shell. bash 3.2 has no BASHOPTS.
	case ${BASHOPTS-failglob}:$- in
	*failglob* | *nocasematch* | *:*f*) _gs_look_plainly ;;
	*) _gs_follow || : ;;
	esac
	_gs_seen=$PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-}
	if [[ $_gs_seen_at == unknown ]]; then _gs_seen=''; fi
}

_gs_look_plainly() {
	local _gs_flags=$- _gs_options='' _gs_option
	case $_gs_flags in
	*f*) set +f ;;
	esac
	for _gs_option in failglob nocasematch; do
		if shopt -q "$_gs_option"; then
			shopt -u "$_gs_option"
			_gs_options="$_gs_options $_gs_option"
		fi
	done
	_gs_follow || :
	for _gs_option in failglob nocasematch; do
		case $_gs_options in
		*"$_gs_option"*) shopt -s "$_gs_option" ;;
		esac
	done
	case $_gs_flags in
	*f*) set -f ;;
	esac
}

# `goswitch shell` changes this shell, which no program can; all else is the program's.
function goswitch {
	case ${1-} in
	shell)
		local _gs_code
		_gs_code=$(command goswitch shell --print-for bash "${@:2}") || return
		case $_gs_code in
		'export GOSWITCH_VERSION='* | 'unset GOSWITCH_VERSION'*) eval "$_gs_code" ;;
		*) builtin printf '%s\n' "$_gs_code" ;;
		esac
		;;
	*) command goswitch "$@" ;;
	esac
}

# Puts the shims on PATH, and the hook before what is in PROMPT_COMMAND: a string, or from bash 5.1 on an array too.
_gs_install() {
	local _gs_kind='' _gs_rest
	_gs_begin
	if [[ ${BASH_VERSINFO[0]} -gt 5 || ${BASH_VERSINFO[0]}.${BASH_VERSINFO[1]} == 5.[1-9]* ]] &&
		[[ -n ${PROMPT_COMMAND[*]+set} ]]; then
		_gs_kind=${PROMPT_COMMAND@a}
	fi
	if [[ -z ${PROMPT_COMMAND[*]-} ]]; then
		PROMPT_COMMAND=_gs_hook
	elif [[ $'\n'${PROMPT_COMMAND[*]}$'\n' == *[$' \t\n;']_gs_hook[$' \t\n;']* ]]; then
		return 0
	elif [[ $_gs_kind == *a* ]]; then
		PROMPT_COMMAND=(_gs_hook "${PROMPT_COMMAND[@]}")
	else
		# shellcheck disable=SC2128,SC2178 # here it is a string
		PROMPT_COMMAND=_gs_hook$'\n'$PROMPT_COMMAND
	fi
}

_gs_install
unset -f _gs_begin _gs_install
if [ -n "$_gs_aliases" ]; then shopt -s expand_aliases; fi
unset _gs_aliases
