# shellcheck shell=sh
# shellcheck disable=SC2034 # set for the parts that follow
# Where the SDKs are. Like all parts: what finds nothing returns 1, and has set _gs_fault if that is an error.

# Sets _gs_root, without a last slash.
_gs_find_root() {
	_gs_root=${GOSWITCH_SDK_ROOT:-${HOME:+${HOME%/}/sdk}}
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
	until [ "$_gs_root" = "${_gs_root%/}" ]; do _gs_root=${_gs_root%/}; done
}
