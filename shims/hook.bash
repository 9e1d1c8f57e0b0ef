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

# What the functions share: as locals they would cost as much as five looks at the disk. What is seen is for the next prompt.
_gs_root='' _gs_up='' _gs_file='' _gs_above='' _gs_plain='' _gs_word='' _gs_line='' _gs_name='' _gs_prefix='' _gs_list=()
_gs_sdk='' _gs_sdks='' _gs_one='' _gs_two='' _gs_bin='' _gs_behind=''
_gs_seen='' _gs_seen_rest='' _gs_seen_pin='' _gs_seen_line='' _gs_seen_above='' _gs_seen_sdks='' _gs_seen_prefix=''

# Runs before each prompt. What the user's own PROMPT_COMMAND sees in $? is what the command line left there.
# Is all as it was when _gs_look last bound the shell? The pin is read each time, as nothing else in a shell tells whether a
# file has changed; a nearer one can't be, where the pin is in this very folder, which needs no path. Each command here costs
# about as much as a look at the disk, so there are few. IFS counts, as it decides what `read` makes of a line. With
# nocasematch, where A is a, these comparisons are none. What is without quotes holds no sign of a pattern: _gs_look sees
# to that.
_gs_hook() {
	# shellcheck disable=SC2254,SC2050,SC2053,SC2015 # said above
	case $?:${IFS-}:$PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-} in
	$_gs_seen)
		[[ A != a && -f .go-version && -r .go-version ]] &&
			{ builtin read -ru3 _gs_line 3<.go-version || :; } &&
			[[ $_gs_line == $_gs_seen_line ]] ||
			_gs_look || :
		;;
	"$_gs_seen_rest") _gs_same || _gs_look || : ;;
	0:*) _gs_look || : ;;
	*) _gs_hook_after "$?" ;;
	esac
}

# The same after a command line that has failed, with status $1.
_gs_hook_after() {
	local _gs_status=$1
	_gs_hook
	# Under `set -e` a status that is not 0 would end the shell here, instead of where it arose.
	case $- in
	*e*) return 0 ;;
	esac
	return "$_gs_status"
}

# Tells whether the rest is as it was: the folders up to the pin, the pin if there was one, and for a series its SDKs.
_gs_same() {
	# shellcheck disable=SC2050 # said above
	if [[ A == a ]] || { [[ -n $_gs_seen_above ]] && _gs_pinned_above; }; then return 1; fi
	if [[ -n $_gs_seen_pin ]]; then
		if [[ ! -f $_gs_seen_pin || ! -r $_gs_seen_pin ]]; then return 1; fi
		builtin read -ru3 _gs_line 3<"$_gs_seen_pin" || :
		if [[ $_gs_line != "$_gs_seen_line" ]]; then return 1; fi
	fi
	if [[ -n $_gs_seen_sdks ]]; then
		if [[ $- == *f* || ${BASHOPTS-} == *failglob* ]] || { [[ -z ${BASHOPTS-} ]] && shopt -q failglob; }; then return 1; fi
		_gs_list=("$_gs_seen_prefix"*)
		[[ ${_gs_list[*]-} == "$_gs_seen_sdks" ]]
	fi
}

# Looks anew, and binds the shell. With $1, options that would be in the way are off already.
_gs_look() {
	# The series are found by a pattern, and patterns may mean something else in this shell. bash 3.2 has no BASHOPTS.
	# shellcheck disable=SC2050 # said above
	if [[ -z ${1-} && (${IFS-} != $' \t\n' || $- == *f* || ${BASHOPTS-failglob} == *failglob* || A == a) ]]; then
		_gs_look_plainly
		return 0
	fi
	. ./above.sh
	if [[ -f $_gs_file && -r $_gs_file ]]; then builtin read -ru3 _gs_word 3<"$_gs_file" || :; fi
	. ./bound.sh
	_gs_seen='' _gs_seen_rest='' _gs_seen_pin=''
	case $_gs_plain in
	'') return 0 ;;
	pin) _gs_seen_pin=$_gs_file ;;
	esac
	if [[ -n $_gs_above ]]; then _gs_note_above || return 0; fi
	_gs_seen_rest=0:$IFS:$PWD::${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-}
	_gs_seen_line=$_gs_word _gs_seen_above=$_gs_above _gs_seen_sdks=$_gs_sdks _gs_seen_prefix=$_gs_prefix
	if [[ $_gs_plain$_gs_above$_gs_sdks == pin && $_gs_seen_rest != *[\\*?[\(]* ]]; then _gs_seen=$_gs_seen_rest; fi
}

# Makes the function that asks whether a folder on the way up has a pin by now. Only a quote can get out of quotes: below a
# folder with one, each prompt looks anew.
_gs_note_above() {
	case $PWD in
	*\'*) return 1 ;;
	esac
	eval "_gs_pinned_above() { [[ ${_gs_above% ||} ]]; }"
}

_gs_look_plainly() {
	local _gs_flags=$- _gs_options='' _gs_option IFS=$' \t\n'
	case $_gs_flags in
	*f*) set +f ;;
	esac
	for _gs_option in failglob nocasematch; do
		if shopt -q "$_gs_option"; then
			shopt -u "$_gs_option"
			_gs_options="$_gs_options $_gs_option"
		fi
	done
	_gs_look plainly
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
