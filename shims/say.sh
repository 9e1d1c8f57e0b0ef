# shellcheck shell=sh
# Prints a line, by what the shell itself has: mksh has no printf of its own.
_gs_say() {
	case ${KSH_VERSION-} in
	'@(#)MIRBSD KSH'* | '@(#)LEGACY KSH'*)
		# shellcheck disable=SC3044 # mksh has it; elsewhere the variable is a hoax, and the next line prints
		if PATH=/dev/null print -r -- "$1" 2>/dev/null; then return 0; fi
		;;
	esac
	printf '%s\n' "$1"
}
