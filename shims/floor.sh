# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# Without a pin: the floor that go.work or go.mod set, and the default.

# Orders two versions as gover.Compare: sets _gs_order to -1, 0 or 1.
_gs_compare() {
	_gs_split "$2"
	_gs_major2=$_gs_major _gs_minor2=$_gs_minor _gs_patch2=$_gs_patch _gs_kind2=$_gs_kind _gs_pre2=$_gs_pre
	_gs_split "$1"
	if _gs_number "$_gs_major" "$_gs_major2" && _gs_number "$_gs_minor" "$_gs_minor2" &&
		_gs_number "$_gs_patch" "$_gs_patch2" && _gs_letters "$_gs_kind" "$_gs_kind2"; then
		_gs_number "$_gs_pre" "$_gs_pre2"
	fi
}

# Tells whether version $1 satisfies the floor.
_gs_satisfies() {
	_gs_compare "$1" "$_gs_floor"
	[ "$_gs_order" -ge 0 ]
}

# Cuts what cmd/go takes for blank off both ends of $_gs_value.
_gs_trim() {
	_gs_blank=__SPACE__
	while :; do
		case $_gs_value in
		["$_gs_blank"]*) _gs_value=${_gs_value#?} ;;
		*["$_gs_blank"]) _gs_value=${_gs_value%?} ;;
		*) return 0 ;;
		esac
	done
}

# Finds the file that sets the floor, as cmd/go does from $_gs_dir: sets _gs_file.
_gs_find_mod() {
	_gs_file='' _gs_mod='' _gs_work=1
	case ${GOWORK-} in
	'' | auto) ;;
	off) _gs_work='' ;;
	/*)
		if [ -e "$GOWORK" ] && ! [ -d "$GOWORK" ]; then
			_gs_file=$GOWORK
			return 0
		fi
		_gs_work=''
		;;
	*) return 1 ;;
	esac
	_gs_temp=${TMPDIR:-/tmp}
	until [ "$_gs_temp" = "${_gs_temp%/}" ]; do _gs_temp=${_gs_temp%/}; done
	_gs_up=$_gs_dir
	while :; do
		if [ -n "$_gs_work" ] && [ -e "$_gs_up/go.work" ] && ! [ -d "$_gs_up/go.work" ]; then
			_gs_file=$_gs_up/go.work
			return 0
		fi
		if [ -z "$_gs_mod" ] && [ -e "$_gs_up/go.mod" ] && ! [ -d "$_gs_up/go.mod" ]; then
			_gs_mod=$_gs_up/go.mod
			if [ "$_gs_up" = "$_gs_temp" ]; then _gs_mod=none; fi
		fi
		case $_gs_work:$_gs_mod in
		:?*) break ;;
		esac
		case $_gs_up in
		/*) _gs_up=${_gs_up%/*} ;;
		*) break ;;
		esac
	done
	case $_gs_mod in
	'' | none) return 1 ;;
	esac
	_gs_file=$_gs_mod
}

# Reads $_gs_file as cmd/go's quick scanner does: sets _gs_go and _gs_toolchain, and their lines _gs_go_at and _gs_tool_at.
# Ends early: most sh read a file byte by byte.
_gs_scan_mod() {
	_gs_go='' _gs_go_at='' _gs_toolchain='' _gs_tool_at='' _gs_n=0 _gs_odd=__ODD__
	if ! [ -f "$_gs_file" ] || ! [ -r "$_gs_file" ]; then return 1; fi
	while IFS=__BLANK__ read -r _gs_key _gs_value || [ -n "$_gs_key" ]; do
		_gs_n=$((_gs_n + 1))
		case $_gs_key$_gs_value in
		*["$_gs_odd"]*)
			_gs_value="$_gs_key $_gs_value"
			_gs_trim
			_gs_blank=__BLANK__
			_gs_key=${_gs_value%%["$_gs_blank"]*}
			_gs_value=${_gs_value#"$_gs_key"}
			_gs_trim
			;;
		esac
		case $_gs_key:$_gs_value in
		go:?*) if [ -z "$_gs_go_at" ]; then _gs_go=$_gs_value _gs_go_at=$_gs_n; fi ;;
		toolchain:?*) if [ -z "$_gs_tool_at" ]; then _gs_toolchain=$_gs_value _gs_tool_at=$_gs_n; fi ;;
		*)
			case $_gs_go_at:${_gs_key%%"("*} in
			?*:require | ?*:replace | ?*:exclude | ?*:retract | ?*:use | ?*:tool | ?*:ignore | ?*:godebug) break ;;
			esac
			;;
		esac
		case $_gs_go_at:$_gs_tool_at in
		?*:?*) break ;;
		esac
	done <"$_gs_file"
}

# Finds the floor: sets _gs_floor to a version, and _gs_asks to the words for it.
_gs_find_floor() {
	_gs_floor='' _gs_asks=''
	if ! _gs_find_mod || ! _gs_scan_mod; then return 1; fi
	_gs_value=${_gs_go%%//*}
	_gs_trim
	if _gs_split "$_gs_value"; then
		_gs_floor=$_gs_value
		_gs_asks="go $_gs_value" _gs_at=$_gs_file:$_gs_go_at
	fi
	_gs_value=${_gs_toolchain%%//*}
	_gs_trim
	_gs_toolchain='' _gs_named=$_gs_value
	case $_gs_value in
	*[/\\]*) ;;
	go*)
		_gs_blank=__BLANK__
		_gs_value=${_gs_value#go}
		_gs_value=${_gs_value%%["$_gs_blank"-]*}
		if _gs_split "$_gs_value"; then
			_gs_order=1
			if [ -n "$_gs_floor" ]; then _gs_compare "$_gs_value" "$_gs_floor"; fi
			if [ "$_gs_order" = 1 ]; then
				_gs_floor=$_gs_value _gs_toolchain=$_gs_value
				_gs_asks="toolchain $_gs_named" _gs_at=$_gs_file:$_gs_tool_at
			fi
		fi
		;;
	esac
	[ -n "$_gs_floor" ]
}

# Finds the version of the default, once it is found usable: sets _gs_v, to "" if nobody can tell.
_gs_default_version() {
	_gs_v=${_gs_name#go}
	if [ -z "$_gs_link" ]; then return 0; fi
	_gs_v=''
	for _gs_file in "$_gs_sdk/VERSION" "$_gs_sdk/VERSION.cache"; do
		if [ -z "$_gs_v" ] && [ -f "$_gs_file" ] && [ -r "$_gs_file" ]; then
			IFS=__SPACE__ read -r _gs_v _gs_next _gs_rest <"$_gs_file"
		fi
	done
	if [ "$_gs_v" = devel ]; then _gs_v=$_gs_next; fi
	case $_gs_v in
	*[/\\]*) _gs_v='' ;;
	go*) _gs_v=${_gs_v#go} ;;
	*) _gs_v='' ;;
	esac
	_gs_v=${_gs_v%%-*}
	_gs_split "$_gs_v" || _gs_v=''
}

# Binds what is installed to the floor: the exact toolchain, else the newest of the floor's series, else of the next one.
_gs_take_floor() {
	_gs_link='' _gs_best=$_gs_toolchain
	_gs_released "$_gs_best" || _gs_best=${_gs_best%.0}
	if [ -z "$_gs_toolchain" ] || [ "$_gs_named" != "go$_gs_toolchain" ] || ! _gs_released "$_gs_best" ||
		! [ -f "$_gs_root/go$_gs_best/.unpacked-success" ]; then
		_gs_split "$_gs_floor"
		_gs_language=$_gs_major.$_gs_minor
		if ! _gs_newest "$_gs_language" || ! _gs_satisfies "$_gs_best"; then
			_gs_next 1 "$_gs_language" any || return 1
			_gs_newest "$_gs_series"
		fi
	fi
	_gs_name=go$_gs_best
	_gs_sdk=$_gs_root/$_gs_name
}

# Binds where no pin does. Sets _gs_name and the rest; _gs_by names the origin in errors, _gs_why in `current`.
_gs_take_unpinned() {
	_gs_name='' _gs_default='' _gs_file=$_gs_root/.goswitch/default
	if [ -e "$_gs_file" ] || [ -L "$_gs_file" ]; then
		_gs_read_pin || return 1
		_gs_default=$_gs_from
		_gs_take_word
		case $_gs_fault in
		characters | spelling) return 1 ;;
		esac
	fi
	_gs_by=" (default, set by $_gs_default)"
	_gs_why=$_gs_by
	if ! _gs_find_floor; then
		if [ -z "$_gs_default" ]; then _gs_name=''; fi
		[ -z "$_gs_fault" ]
		return
	fi
	if [ -n "$_gs_default" ] && [ -z "$_gs_fault" ]; then
		_gs_v=''
		case $_gs_name in
		system) ;;
		*) _gs_default_version ;;
		esac
		if [ -z "$_gs_v" ] || _gs_satisfies "$_gs_v"; then
			_gs_why=" (default, set by $_gs_default; satisfies $_gs_asks from $_gs_at)"
			return 0
		fi
	fi
	_gs_fault=''
	if _gs_take_floor; then
		_gs_by=" (floor $_gs_asks from $_gs_at)"
		_gs_why=$_gs_by
		return 0
	fi
	if [ -z "$_gs_default" ]; then
		_gs_fault=floor
		return 1
	fi
	_gs_why=" (default, set by $_gs_default; nothing installed satisfies $_gs_asks from $_gs_at)"
	_gs_unmet=1
	_gs_take_word
}
