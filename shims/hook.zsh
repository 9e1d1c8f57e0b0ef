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
. ./series.sh
. ./follow.sh

_gs_seen='' _gs_seen_at=unknown _gs_seen_pin='' _gs_seen_line='' _gs_seen_mark=''

# Runs before each prompt.
_gs_hook() {
	local _gs_status=$? _gs_up=${PWD%/} _gs_is=other _gs_line
	# Is all as it was when _gs_look last bound the shell? The pin is read each time, as nothing else in a shell tells
	# whether a file has changed; zsh does not fork for that.
	if [[ $PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-} == "$_gs_seen" ]]; then
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
			_gs_line=$(<"$_gs_seen_pin") || :
			if [[ ${_gs_line%%$'\n'*} == "$_gs_seen_line" ]]; then _gs_is=same; fi
		fi
	fi
	if [[ $_gs_is == other ]]; then _gs_look; fi
	# Under `set -e` a status that is not 0 would end the shell here, instead of where it arose.
	case $- in
	*e*) return 0 ;;
	esac
	return $_gs_status
}

_gs_look() {
	emulate -L sh
	set +efux
	_gs_follow || :
	_gs_seen=$PWD:${GOSWITCH_VERSION-}:${GOSWITCH_SDK_ROOT-}:${HOME-}:${PATH-}
	if [[ $_gs_seen_at == unknown ]]; then _gs_seen=''; fi
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
