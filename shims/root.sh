# shellcheck shell=sh
# shellcheck disable=SC2034 # set for the parts that follow
# Where the SDKs are. Like all parts: what finds nothing returns 1, and has set _gs_fault if that is an error.

# Sets _gs_path to path $1 without doubled slashes, `.` components and last slash; `/` becomes "".
_gs_tidy() {
	_gs_path=$1
	while :; do
		case $_gs_path in
		*//*) _gs_path=${_gs_path%%//*}/${_gs_path#*//} ;;
		*/./*) _gs_path=${_gs_path%%/./*}/${_gs_path#*/./} ;;
		*/ | */.) _gs_path=${_gs_path%/*} ;;
		*) return 0 ;;
		esac
	done
}

# Sets _gs_root, tidy.
_gs_find_root() {
	_gs_root=${GOSWITCH_SDK_ROOT:-${HOME:+$HOME/sdk}}
	case $_gs_root in
	'')
		_gs_fault=home
		return 1
		;;
	/*) ;;
	*)
		_gs_fault=root
		return 1
		;;
	esac
	_gs_tidy "$_gs_root"
	_gs_root=$_gs_path
}
