# Completion of `goswitch` for bash, 3.2 and newer. `goswitch completion bash` prints it. Python starts at TAB, not before.

_goswitch_complete() {
	local IFS=$'\n' answer kind value word=${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	answer=$(
		env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" _GOSWITCH_COMPLETE=bash_complete goswitch 2>/dev/null
	) || return 0
	while IFS=, read -r kind value; do
		case $kind in
		plain)
			# What stands before the last of these is a word of its own for bash.
			case $word in
			*[:=]*) value=${value#"${word%"${word##*[:=]}"}"} ;;
			esac
			COMPREPLY+=("$value")
			;;
		dir | file)
			compopt -o filenames 2>/dev/null || :
			while read -r value; do
				if [[ -n $value ]]; then COMPREPLY+=("$value"); fi
			done <<<"$(compgen "-${kind:0:1}" -- "$word")"
			;;
		esac
	done <<<"$answer"
}

complete -o nosort -F _goswitch_complete goswitch 2>/dev/null || complete -F _goswitch_complete goswitch
