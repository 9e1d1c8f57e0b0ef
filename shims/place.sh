# shellcheck shell=sh
# shellcheck disable=SC2034 # set for the parts that follow
# Where we are: the logical working directory. Not for hooks: they run in the user's own shell, which must not move.

# Sets _gs_dir, without a last slash. A folder that is deleted counts as /: nothing above it can be known.
_gs_find_dir() {
	_gs_dir=${PWD-}
	case $_gs_dir/ in
	//) _gs_dir='' ;;
	*/./* | */../* | *//*)
		# A caller's own idea of $PWD: the shell took it over, but a walk up must not go through its dots.
		if cd -P . 2>/dev/null; then _gs_dir=${PWD%/}; else _gs_dir=''; fi
		;;
	/*) ;;
	*) _gs_dir='' ;;
	esac
}
