#!/bin/sh
# A shim of goswitch: runs __NAME__, whatever the folder. `goswitch rehash` writes it anew.

{
	set +aefux
	unset -f cd read printf print test [ command
} 2>/dev/null
_gs_fault='' _gs_from='' _gs_by='' _gs_link='' _gs_tool=go _gs_unmet=''

. ./root.sh

if _gs_find_root; then
	_gs_name=__NAME__
	_gs_sdk=$_gs_root/$_gs_name
	_gs_bin=$_gs_sdk/bin/go
	_gs_fault=absent
	if [ -f "$_gs_sdk/.unpacked-success" ]; then
		_gs_fault=broken
		if [ -f "$_gs_bin" ] && [ -x "$_gs_bin" ] && [ -s "$_gs_bin" ]; then
			GOROOT=$_gs_sdk
			export GOROOT
			# Where cmd/go itself came here by its own switch, it has settled what GOTOOLCHAIN is.
			if [ -z "${GOTOOLCHAIN-}" ] && [ -z "${GOTOOLCHAIN_INTERNAL_SWITCH_VERSION+1}" ]; then
				GOTOOLCHAIN=local
				export GOTOOLCHAIN
			fi
			exec "$_gs_bin" "$@"
		fi
	fi
fi

. ./say.sh
. ./errors.sh
. ./auto.sh

_gs_fail go
