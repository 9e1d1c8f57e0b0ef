# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# shellcheck disable=SC2166 # said below
# The pin: the walk up to the nearest pin file, and its word.
#
# `command` is for the hooks: in a shell of the user's a function may be called `read`.
#
# A function that finds nothing returns 1, and has set _gs_fault if that is an error (errors.sh has the words).
# Tests are joined by -o and -a: in dash one `[` costs as much as three looks at the disk. It is safe here, as each path
# begins with a slash, and every sh that we support reads them alike.

# Reads $_gs_file, a .go-version (or with "tools" a .tool-versions): sets _gs_word, and _gs_from to its place.
_gs_read_pin() {
	_gs_from=
	if ! [ -f "$_gs_file" -a -r "$_gs_file" ]; then
		_gs_fault=unreadable
		if [ -e "$_gs_file" ] && ! [ -f "$_gs_file" ]; then _gs_fault=irregular; fi
		return 1
	fi
	_gs_n=0
	while IFS=__BLANK__ command read -r _gs_word _gs_next _gs_rest || [ -n "$_gs_word" ]; do
		_gs_n=$((_gs_n + 1))
		if [ ${#_gs_word} -gt 80 ]; then
			# No word that means anything is so long, and most sh take minutes to cut an end off megabytes.
			case ${1-}:$_gs_word in
			tools:* | :'#'*) continue ;;
			esac
			_gs_from=$_gs_file:$_gs_n _gs_fault=characters
			break
		fi
		case $_gs_n:$_gs_word in
		1:[!#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.+_-]*)
			# A BOM, perhaps. The caller knows what one looks like, or has to find out.
			if [ -z "${_gs_bom-}" ]; then
				_gs_fault=bom
				break
			fi
			_gs_word=${_gs_word#"$_gs_bom"}
			if [ -z "$_gs_word" ]; then
				_gs_blank=__BLANK__
				_gs_word=$_gs_next
				_gs_next=${_gs_rest%%["$_gs_blank"]*}
			fi
			;;
		esac
		_gs_word=${_gs_word%__CR__}
		case ${1-}:$_gs_word in
		tools:golang | tools:go)
			_gs_word=$_gs_next
			if [ ${#_gs_word} -gt 80 ]; then
				_gs_from=$_gs_file:$_gs_n _gs_fault=characters
				break
			fi
			_gs_word=${_gs_word%__CR__}
			case $_gs_word in
			'' | '#'*) _gs_fault=nameless ;;
			esac
			;;
		tools:* | : | :'#'*) continue ;;
		esac
		_gs_from=$_gs_file:$_gs_n
		break
	done <"$_gs_file"
	case $_gs_fault$_gs_from:${1-} in
	:) _gs_fault=empty ;;
	:tools) return 1 ;;
	esac
	case $_gs_fault in
	?*) return 1 ;;
	esac
}

# Sets _gs_word and _gs_from by the environment, or by the nearest pin file from $_gs_dir upwards.
_gs_find_pin() {
	_gs_from=
	case ${GOSWITCH_VERSION-} in
	?*)
		_gs_word=$GOSWITCH_VERSION
		_gs_from=GOSWITCH_VERSION
		if [ ${#_gs_word} -gt 80 ]; then _gs_fault=characters; fi
		[ -z "$_gs_fault" ]
		return
		;;
	esac
	_gs_up=$_gs_dir
	while :; do
		_gs_file=$_gs_up/.tool-versions
		if [ -e "$_gs_up/.go-version" -o -L "$_gs_up/.go-version" -o -e "$_gs_file" -o -L "$_gs_file" ]; then
			if [ -e "$_gs_up/.go-version" -o -L "$_gs_up/.go-version" ]; then
				_gs_file=$_gs_up/.go-version
				_gs_read_pin
				return
			fi
			if _gs_read_pin tools; then return 0; fi
			case $_gs_fault in
			?*) return 1 ;;
			esac
		fi
		case $_gs_up in
		/*) _gs_up=${_gs_up%/*} ;;
		*) return 1 ;;
		esac
	done
}
