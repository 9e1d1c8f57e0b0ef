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
. ./follow.sh

# Runs before each prompt. What the user's own PROMPT_COMMAND sees in $? is what the command line left there.
_gs_hook() {
	local _gs_status=$? _gs_flags=$- _gs_options='' _gs_each _gs_v _gs_root _gs_path _gs_dir _gs_up _gs_file _gs_n
	local _gs_word _gs_next _gs_rest _gs_blank _gs_from _gs_fault _gs_name _gs_sdk _gs_bin _gs_link _gs_found _gs_best
	local _gs_best_patch _gs_best_kind _gs_best_pre _gs_series _gs_spelled _gs_tail _gs_num _gs_order _gs_x _gs_y _gs_a
	local _gs_bom=__BOM__ _gs_b _gs_major _gs_minor _gs_patch _gs_kind _gs_pre
	# The series are found by a pattern, and patterns may mean something else in this shell.
	case $_gs_flags in
	*f*) set +f ;;
	esac
	for _gs_each in failglob nocasematch; do
		if shopt -q "$_gs_each"; then
			shopt -u "$_gs_each"
			_gs_options="$_gs_options $_gs_each"
		fi
	done
	_gs_follow || :
	for _gs_each in failglob nocasematch; do
		case $_gs_options in
		*"$_gs_each"*) shopt -s "$_gs_each" ;;
		esac
	done
	case $_gs_flags in
	*f*) set -f ;;
	esac
	# Under `set -e` a status that is not 0 would end the shell here, instead of where it arose.
	case $_gs_flags in
	*e*) return 0 ;;
	esac
	return "$_gs_status"
}

# `goswitch shell` changes this shell, which no program can; all else is the program's.
function goswitch {
	case ${1-} in
	shell)
		local _gs_code
		_gs_code=$(command goswitch shell --print-for bash "${@:2}") || return
		case $_gs_code in
		'export GOSWITCH_VERSION='* | 'unset GOSWITCH_VERSION'*) eval "$_gs_code" ;;
		*) printf '%s\n' "$_gs_code" ;;
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
