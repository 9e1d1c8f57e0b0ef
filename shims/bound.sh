# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# shellcheck disable=SC3010,SC3012,SC3014,SC3030,SC3054 # bash and zsh have [[ and arrays
# For the hooks, within the function that looks anew: from the word of the plainest pins, X.Y.Z and a series, to the SDK, as
# plain.sh and series.sh do it for the shims. All else is left to the whole rule. Then it binds the shell. Sets _gs_plain to
# "pin" where the pin was one of those, and _gs_sdks to the SDKs among which a series was looked up.
# No function is called on the way from one project to another: in zsh a call costs more than all the tests together.
_gs_sdks='' _gs_one='' _gs_two=''
case $_gs_word in
'' | ??????????*) ;;
*)
	_gs_name=go${_gs_word#go}
	case $_gs_name in
	go1.[123456789][0123456789].[123456789] | go1.[123456789][0123456789].[123456789][0123456789]) _gs_sdk=$_gs_root/$_gs_name ;;
	go1.2[123456789].0 | go1.[3456789][0123456789].0) _gs_sdk=$_gs_root/$_gs_name ;;
	go1.[123456789][0123456789])
		_gs_prefix=$_gs_root/$_gs_name.
		_gs_list=("$_gs_prefix"*)
		if [[ -n ${_gs_list-} ]]; then
			# Patches of as many digits stand in the order of their names.
			for _gs_sdk in "${_gs_list[@]}"; do
				case $_gs_sdk in
				"$_gs_prefix"[123456789]) if [[ $_gs_sdk > $_gs_one ]]; then _gs_one=$_gs_sdk; fi ;;
				"$_gs_prefix"[123456789][0123456789]) if [[ $_gs_sdk > $_gs_two ]]; then _gs_two=$_gs_sdk; fi ;;
				*)
					_gs_one='' _gs_two=''
					break
					;;
				esac
			done
			_gs_sdks="${_gs_list[*]}"
		fi
		_gs_sdk=${_gs_two:-$_gs_one}
		;;
	esac
	;;
esac
_gs_bin=$_gs_sdk/bin/go
if [[ -n $_gs_sdk && -f $_gs_sdk/.unpacked-success && -f $_gs_bin && -x $_gs_bin && -s $_gs_bin ]]; then
	_gs_plain=pin
elif [[ -z $_gs_plain ]]; then
	_gs_find_far
fi
_gs_bin=${_gs_sdk:+$_gs_sdk/bin}
if [[ -n $_gs_bin && ${GOROOT+set}:${GOTOOLCHAIN:+set}:${PATH-} == :set:__SHIMS__:"${GOSWITCH_HOOK_BIN:-none}:$_gs_behind" ]]; then
	# From one SDK to another, and nobody has touched anything.
	PATH=__SHIMS__:$_gs_bin:$_gs_behind
	GOSWITCH_HOOK_BIN=$_gs_bin
else
	_gs_bind "$_gs_bin"
fi
