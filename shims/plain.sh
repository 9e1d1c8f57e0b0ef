# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# The plainest case, in straight-line code: the nearest pin file is a .go-version, and its first word is X.Y.Z. Sets
# _gs_sdk then; _gs_name to "go" and the word, for plainer.sh; and _gs_plain to "pin", or to "none" where no pin was found.
#
# It only says what root.sh, place.sh, pin.sh and words.sh would say, and leaves the rest to them: sh parses each word
# before it runs any, and that is most of what a shim costs. So this is short, and what an exact pin has no need of comes
# later. The four tests of a level cost as much as they look: in dash, -o and -a cost more than ||.
_gs_root=${GOSWITCH_SDK_ROOT:-${HOME:+$HOME/sdk}} _gs_up=${PWD-} _gs_plain='' _gs_sdk=''
case "${1-} ${2-} ${3-}" in
+* | *-C*) _gs_up=later ;;
esac
case ${GOSWITCH_VERSION:+.}$_gs_root:$_gs_up/ in
[!/]* | *:[!/]* | *//* | */./* | */../* | */:/* | */.:*) ;;
*)
	until test -e "$_gs_up/.go-version" || test -e "$_gs_up/.tool-versions" ||
		test -L "$_gs_up/.go-version" || test -L "$_gs_up/.tool-versions"; do
		case $_gs_up in
		'')
			_gs_plain=none
			break
			;;
		esac
		_gs_up=${_gs_up%/*}
	done
	_gs_file=$_gs_up/.go-version
	if test -f "$_gs_file" && test -r "$_gs_file"; then
		IFS=__BLANK__ read -r _gs_word _gs_rest <"$_gs_file"
		# Cutting two letters off megabytes takes some sh minutes.
		case $_gs_word in
		??????????*) ;;
		*)
			_gs_name=go${_gs_word#go} _gs_plain=pin
			case $_gs_name in
			go1.[123456789][0123456789].[123456789]) _gs_sdk=$_gs_root/$_gs_name ;;
			go1.[123456789][0123456789].[123456789][0123456789]) _gs_sdk=$_gs_root/$_gs_name ;;
			go1.2[123456789].0 | go1.[3456789][0123456789].0) _gs_sdk=$_gs_root/$_gs_name ;;
			esac
			;;
		esac
	fi
	;;
esac
