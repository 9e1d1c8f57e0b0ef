#compdef goswitch
# Completion of `goswitch` for zsh. `goswitch completion zsh` prints it. Python starts at TAB, not before.

_goswitch() {
	local -a lines plain described
	local kind value text
	lines=("${(@f)$(env COMP_WORDS="${(j: :)words}" COMP_CWORD=$((CURRENT - 1)) _GOSWITCH_COMPLETE=zsh_complete goswitch 2>/dev/null)}")
	for kind value text in "${lines[@]}"; do
		case $kind in
		plain)
			if [[ $text == _ ]]; then
				plain+=("$value")
			else
				described+=("$value:$text")
			fi
			;;
		dir) _path_files -/ ;;
		file) _path_files -f ;;
		esac
	done
	if (( $#described )); then _describe -V goswitch described; fi
	if (( $#plain )); then compadd -V goswitch -- "${plain[@]}"; fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
	_goswitch "$@"
elif (( $+functions[compdef] )); then
	compdef _goswitch goswitch
elif (( ! ${fpath[(Ie)__FOLDER__]} )); then
	# compinit comes later, and finds it there.
	fpath=(__FOLDER__ $fpath)
fi
