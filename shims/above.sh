# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# shellcheck disable=SC3010 # bash and zsh have [[, which costs half of what [ does
# For the hooks, within the function that looks anew: the walk up to the nearest pin, as plain.sh does it for the shims.
# Sets _gs_file to the .go-version of the folder that has one, or a .tool-versions; to "" where the whole rule must decide;
# and _gs_plain to "none" where no pin is. _gs_above becomes the test of the folders on the way, with which the hook asks at
# a prompt whether one of them has a pin by now.
_gs_root=${GOSWITCH_SDK_ROOT:-${HOME:+$HOME/sdk}} _gs_up=${PWD%/} _gs_file='' _gs_above='' _gs_plain='' _gs_word='' _gs_sdk=''
case ${GOSWITCH_VERSION:+.}$_gs_root:$_gs_up/ in
[!/]* | *:[!/]* | *:*:* | */[/:]* | */.[/:]* | */..[/:]*) ;;
*)
	until [[ -e $_gs_up/.go-version || -e $_gs_up/.tool-versions || -L $_gs_up/.go-version || -L $_gs_up/.tool-versions ]]; do
		_gs_above="$_gs_above -e '$_gs_up/.go-version' || -e '$_gs_up/.tool-versions' ||"
		_gs_above="$_gs_above -L '$_gs_up/.go-version' || -L '$_gs_up/.tool-versions' ||"
		case $_gs_up in
		'')
			_gs_plain=none
			break
			;;
		esac
		_gs_up=${_gs_up%/*}
	done
	_gs_file=$_gs_up/.go-version
	;;
esac
