# The hook of goswitch for zsh: before each prompt it binds the shell to the SDK of the nearest pin. Not after each cd: what
# else a command line does is looked up by the shims, which stand first in PATH.
# `goswitch init zsh` prints it. Nothing here forks, and nothing is printed.

# An alias of the user's must not get into what is defined here.
if [[ -o aliases ]]; then
	'builtin' 'setopt' 'no_aliases'
	_gs_aliases=1
else
	_gs_aliases=''
fi

. ./root.sh
. ./pin.sh
. ./words.sh
. ./follow.sh

# What the functions share: as locals they would cost as much as five looks at the disk. What is seen is for the next prompt.
_gs_root='' _gs_up='' _gs_file='' _gs_above='' _gs_plain='' _gs_word='' _gs_text='' _gs_name='' _gs_prefix='' _gs_list=()
_gs_sdk='' _gs_sdks='' _gs_one='' _gs_two='' _gs_bin='' _gs_behind=''
_gs_seen='' _gs_seen_rest='' _gs_seen_pin='' _gs_seen_text='' _gs_seen_above='' _gs_seen_sdks='' _gs_seen_prefix=''

# Runs before each prompt; zsh itself keeps $? for what comes after. Is all as it was when _gs_look last bound the shell? The
# pin is read each time, as nothing else in a shell tells whether a file has changed, and zsh does not fork for that; a
# nearer one can't be, where the pin is in this very folder, which needs no path. All is here, as a call of a function costs
# as much as these tests.
_gs_hook() {
	[[ $PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-} == "$_gs_seen" &&
		-f .go-version && -r .go-version && $(<.go-version) == "$_gs_seen_text" ]] ||
		{ [[ $PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-} == "$_gs_seen_rest" ]] && _gs_same; } ||
		_gs_look || :
}

# Tells whether the rest is as it was: the folders up to the pin, the pin if there was one, and for a series its SDKs.
_gs_same() {
	if [[ -n $_gs_seen_above ]] && _gs_pinned_above; then return 1; fi
	if [[ -n $_gs_seen_pin ]]; then
		[[ -f $_gs_seen_pin && -r $_gs_seen_pin && $(<"$_gs_seen_pin") == "$_gs_seen_text" ]] || return 1
	fi
	if [[ -n $_gs_seen_sdks ]]; then
		emulate -L sh
		set +efux
		_gs_list=("$_gs_seen_prefix"*)
		[[ ${_gs_list[*]-} == "$_gs_seen_sdks" ]]
	fi
}

# Looks anew, and binds the shell.
_gs_look() {
	emulate -L sh
	set +efux
	_gs_text=''
	. ./above.sh
	if [[ -f $_gs_file && -r $_gs_file ]]; then
		_gs_text=$(<"$_gs_file")
		_gs_word=${_gs_text%%$'\n'*}
	fi
	. ./bound.sh
	_gs_seen='' _gs_seen_rest='' _gs_seen_pin=''
	case $_gs_plain in
	'') return 0 ;;
	pin) _gs_seen_pin=$_gs_file ;;
	esac
	if [[ -n $_gs_above ]]; then _gs_note_above || return 0; fi
	_gs_seen_rest=$PWD::${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-}
	_gs_seen_text=$_gs_text _gs_seen_above=$_gs_above _gs_seen_sdks=$_gs_sdks _gs_seen_prefix=$_gs_prefix
	if [[ $_gs_plain$_gs_above$_gs_sdks == pin ]]; then _gs_seen=$_gs_seen_rest; fi
}

# Makes the function that asks whether a folder on the way up has a pin by now. Only a quote can get out of quotes: below a
# folder with one, each prompt looks anew.
_gs_note_above() {
	case $PWD in
	*\'*) return 1 ;;
	esac
	# An alias of the user's must not get into that either. That it ends with _gs_look, emulate sees to.
	builtin setopt no_aliases
	eval "_gs_pinned_above() { [[ ${_gs_above% ||} ]]; }"
}

# `goswitch shell` changes this shell, which no program can; all else is the program's.
function goswitch {
	emulate -L sh
	case ${1-} in
	shell)
		shift
		local _gs_code
		_gs_code=$(command goswitch shell --print-for zsh "$@") || return
		case $_gs_code in
		'export GOSWITCH_VERSION='* | 'unset GOSWITCH_VERSION'*) eval "$_gs_code" ;;
		*) builtin printf '%s\n' "$_gs_code" ;;
		esac
		;;
	*) command goswitch "$@" ;;
	esac
}

_gs_install() {
	emulate -L sh
	set +efux
	local _gs_rest
	_gs_begin
	emulate -L zsh
	autoload -Uz add-zsh-hook
	add-zsh-hook precmd _gs_hook
	# An older hook of ours ran after each cd too.
	add-zsh-hook -d chpwd _gs_hook
}

_gs_install
unfunction _gs_begin _gs_install
if [[ -n $_gs_aliases ]]; then setopt aliases; fi
unset _gs_aliases
