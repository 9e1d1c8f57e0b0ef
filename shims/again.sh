# shellcheck shell=sh
# shellcheck disable=SC2034 # for the next round
# A pin file may begin with a BOM. Its bytes stand here, below all else, as yash can't read them in the C locale, and no
# sh has another way to make them without a fork. Now that they are known, the script starts over.
_gs_bom=__BOM__
# shellcheck disable=SC1090 # it is this script
case $0 in
*/*) . "$0" ;;
*) . "./$0" ;;
esac
