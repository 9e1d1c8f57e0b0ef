# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # the parts share their variables
# Tells whether $_gs_sdk has the tool, and sets _gs_bin: most sh take an empty file for a program that succeeds.
_gs_ready() {
	_gs_bin=$_gs_sdk/bin/$_gs_tool
	test -f "$_gs_sdk/.unpacked-success" && test -f "$_gs_bin" && test -x "$_gs_bin" && test -s "$_gs_bin"
}
