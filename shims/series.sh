# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# The plain series: sets _gs_sdk to the newest patch of the series $_gs_name (go1.22), by one look into the SDK root.
# It fails, and words.sh must decide, where there is no release or any folder that is not a plain patch, and where ksh93
# would not see what FIGNORE names.
_gs_find_series() {
	case ${FIGNORE:+${KSH_VERSION-}} in
	*93*) return 1 ;;
	esac
	_gs_best=-1
	for _gs_each in "$_gs_root/$_gs_name".*/.unpacked-success; do
		_gs_each=${_gs_each#"$_gs_root/$_gs_name."}
		_gs_each=${_gs_each%/*}
		case $_gs_name:$_gs_each in
		*:[123456789] | *:[123456789][0123456789] | go1.2[123456789]:0 | go1.[3456789][0123456789]:0) ;;
		*) return 1 ;;
		esac
		case $((_gs_each > _gs_best)) in
		1) _gs_best=$_gs_each ;;
		esac
	done
	_gs_sdk=$_gs_root/$_gs_name.$_gs_best
}
