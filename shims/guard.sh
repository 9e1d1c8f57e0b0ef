# shellcheck shell=sh
# What an environment may carry against a script: SHELLOPTS, BASHOPTS and functions. bash alone takes them over, and
# SHELLOPTS is always set there. Until `set +x` it would trace, so nothing is said.
# shellcheck disable=SC3028,SC3044 # what bash takes over from BASHOPTS
case ${SHELLOPTS-} in
?*)
	set +aefux
	unset -f cd read printf print test [ command
	case ${BASHOPTS-} in
	*nocase* | *failglob* | *nullglob*) shopt -u nocasematch nocaseglob failglob nullglob ;;
	esac
	;;
esac 2>&-
