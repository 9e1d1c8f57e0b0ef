# The hook of goswitch for fish: before each prompt and after each cd it binds the shell to the SDK of the nearest pin.
# `goswitch init fish` prints it. Nothing here forks, and nothing is printed.

. ./words.fish

# Puts back what __gs_hold changed; what the user has set since then stays.
function __gs_release
    set --query GOSWITCH_HOOK_BIN; or return 0
    set --local at (contains --index -- "$GOSWITCH_HOOK_BIN" $PATH)
    and set --erase PATH[$at]
    if string match --quiet -- '=*' "$GOSWITCH_HOOK_GOROOT"
        if not set --query GOROOT
            set --global --export GOROOT ''
            test "$GOSWITCH_HOOK_GOROOT" = '='
            or set GOROOT (string sub --start 2 -- "$GOSWITCH_HOOK_GOROOT" | string collect)
        end
    else if test "$GOSWITCH_HOOK_GOROOT" = universal
        set --erase --global GOROOT
    end
    if test "$GOSWITCH_HOOK_GOTOOLCHAIN" = "-$GOTOOLCHAIN"
        set --erase --global GOTOOLCHAIN
    else if test "$GOSWITCH_HOOK_GOTOOLCHAIN" = "=$GOTOOLCHAIN"
        set --global --export GOTOOLCHAIN ''
    end
    set --erase --global GOSWITCH_HOOK_BIN
    set --erase --global GOSWITCH_HOOK_GOROOT
    set --erase --global GOSWITCH_HOOK_GOTOOLCHAIN
end

# Puts folder $argv[1] into PATH: behind the shims where they stand first, so that each call is looked up where it happens.
function __gs_put_in_path
    if test "$PATH[1]" = __SHIMS__
        set --global --export PATH $PATH[1] "$argv[1]" $PATH[2..]
    else
        set --global --export PATH "$argv[1]" $PATH
    end
end

# Binds this shell to the SDK whose programs are in $argv[1].
function __gs_hold
    set --global --export GOSWITCH_HOOK_BIN "$argv[1]"
    if set --query --global GOROOT
        set --global --export GOSWITCH_HOOK_GOROOT "=$GOROOT"
        set --erase --global GOROOT
    end
    if set --query --universal GOROOT
        # A universal variable is hidden, not erased: it belongs to all shells.
        set --global --export GOSWITCH_HOOK_GOROOT universal
        set --global --unexport GOROOT
    end
    if test -z "$GOTOOLCHAIN"
        set --local before -
        set --query GOTOOLCHAIN; and set before =
        set --global --export GOTOOLCHAIN __TOOLCHAIN__
        set --global --export GOSWITCH_HOOK_GOTOOLCHAIN "$before$GOTOOLCHAIN"
    end
    __gs_put_in_path "$argv[1]"
end

# Notes what the next prompt needs to see that nothing has changed: no pin, or one release or a series in a .go-version.
# What else the answer hangs on are variables, and their events tell. $argv are the word, the SDK and the root.
function __gs_note
    if test "$__gs_none_above" != yes
        test -n "$__gs_pin_file" -a -n "$argv[2]"; or return
        set --local found (string match --regex -- '^(?:go)?(1\.[0-9]+)(\.[0-9]+)?\z' "$argv[1]"); or return
        if set --query found[3]
            set --erase __gs_sdks
            test -n "$__gs_above"; or set --global __gs_seen_here "$argv[1]"
        end
        set --global __gs_seen_series "$argv[3]/go$found[2]"
    end
    set --global __gs_seen "$argv[1]"
    set --global __gs_seen_pin "$__gs_pin_file"
    set --global __gs_seen_sdks $__gs_sdks
    set --global __gs_seen_above $__gs_above
end

function __gs_forget --on-variable PATH --on-variable HOME --on-variable GOSWITCH_SDK_ROOT --on-variable GOSWITCH_VERSION
    set --global __gs_seen_here \n
    set --erase --global __gs_seen
end

function __gs_moved --on-variable PWD
    __gs_forget
    status is-command-substitution; or __gs_look
end

# Is all as it was when __gs_look last bound the shell? The pin is read each time, as nothing else in a shell tells whether a
# file has changed; a nearer one can't be, where the pin is in this very folder: only then is __gs_seen_here a word, else it is
# what no line is like. Each command here costs more than a look at the disk, so there are few: one reads and compares, and
# finds lines that are others. A pin with more lines than one is looked at anew each time. `builtin` saves looking for
# functions of these names, and short options save time, too.
function __gs_hook --on-event fish_prompt
    builtin test -f .go-version -a -s .go-version -a -r .go-version
    and not builtin string match -qv -- "$__gs_seen_here" <.go-version
    or __gs_same
    or __gs_look
end

# Tells whether the rest is as it was: the folders up to the pin, the pin if there was one, and for a series its SDKs.
function __gs_same
    set --query __gs_seen; or return
    test -z / $__gs_seen_above; and return 1
    if test -n "$__gs_seen_pin"
        test -f "$__gs_seen_pin" -a -r "$__gs_seen_pin"; or return
        read --local line <$__gs_seen_pin
        test "$line" = "$__gs_seen"; or return
    end
    test -n "$__gs_seen_sdks"; or return 0
    set --local sdks "$__gs_seen_series"*/.unpacked-success
    test "$sdks" = "$__gs_seen_sdks"
end

# Looks anew, and binds the shell.
function __gs_look
    __gs_forget
    set --global __gs_pin_file ''
    set --global __gs_none_above ''
    set --global __gs_above
    set --global __gs_sdks
    set --local word ''
    set --local root "$GOSWITCH_SDK_ROOT"
    test -n "$root" -o -z "$HOME"; or set root "$HOME/sdk"
    set --local found ''
    if string match --quiet -- '/*' "$root"
        set root (string trim --right --chars / -- "$root" | string collect)
        if __gs_pin "$PWD"; and set word "$__gs_answer"; and __gs_sdk "$root" "$word"
            set found "$__gs_answer/bin"
            test -f "$found/go" -a -x "$found/go" -a -s "$found/go"; or set found ''
        end
    end
    string match --quiet -- '*:*' "$found"; and set found ''
    set --erase --global __gs_answer
    if test "$found" != "$GOSWITCH_HOOK_BIN"
        __gs_release
        test -z "$found"; or __gs_hold "$found"
    else if test -n "$found"
        contains -- "$found" $PATH; or __gs_put_in_path "$found"
    end
    __gs_note "$word" "$found" "$root"
end

# `goswitch shell` changes this shell, which no program can; all else is the program's.
function goswitch
    if test "$argv[1]" != shell
        command goswitch $argv
        return
    end
    set --erase argv[1]
    set --local code (command goswitch shell --print-for fish $argv); or return
    if string match --quiet --regex -- '^set -(gx|e) GOSWITCH_VERSION' "$code[1]"
        eval $code
    else
        string join -- \n $code
    end
end

# Where a shell above had bound itself, this one starts anew.
contains -- __SHIMS__ $PATH; or set --global --export PATH __SHIMS__ $PATH
__gs_release
__gs_forget
