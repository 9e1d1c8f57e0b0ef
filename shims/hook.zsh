# The hook of goswitch for zsh: before each prompt and after each cd it binds the shell to the SDK of the nearest pin.
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

# Runs before each prompt and after each cd, also of the cd in `$(cd x && pwd)`.
_gs_hook() {
	local _gs_status=$?
	emulate -L sh
	set +efux
	local _gs_each _gs_v _gs_root _gs_path _gs_dir _gs_up _gs_file _gs_n _gs_word _gs_next _gs_rest _gs_blank _gs_from
	local _gs_fault _gs_name _gs_sdk _gs_bin _gs_link _gs_found _gs_best _gs_best_patch _gs_best_kind _gs_best_pre
	local _gs_series _gs_spelled _gs_tail _gs_num _gs_order _gs_x _gs_y _gs_a _gs_b _gs_major _gs_minor _gs_patch
	local _gs_kind _gs_pre _gs_bom=__BOM__
	_gs_follow || :
	return $_gs_status
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
		*) printf '%s\n' "$_gs_code" ;;
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
	add-zsh-hook chpwd _gs_hook
}

_gs_install
unfunction _gs_begin _gs_install
if [[ -n $_gs_aliases ]]; then setopt aliases; fi
unset _gs_aliases
