# The rule of the hook of fish: the pin, and the SDK that its word names, as in pin.sh and words.sh. A pin that can't be followed
# binds nothing here, and the shims say why to whoever calls go.
# Answers are left in __gs_answer: a path may hold a newline, and a command substitution would split it.

# Answers the lines of file $argv[1], without a BOM and CRs; fails for one that can't be a pin.
function __gs_lines
    set --global __gs_answer
    test -f "$argv[1]" -a -r "$argv[1]"; or return 1
    set --local text ''
    set --local more ''
    begin
        read --null text
        read --null more
    end <"$argv[1]"
    # A second part means a NUL, which each sh reads in its own way: not here.
    test -z "$more"; or return 1
    set text (string split -- \n "$text")
    set text[1] (string replace --regex -- '^\x{FEFF}' '' "$text[1]")
    set --global __gs_answer $text
    return 0
end

# Answers the word that pins folder $argv[1] or the nearest above it that has a pin; it may be none.
function __gs_pin
    set --global __gs_answer "$GOSWITCH_VERSION"
    test -z "$GOSWITCH_VERSION"; or return 0
    set --local up "$argv[1]"
    while true
        string match --quiet -- '*/' "$up"; and set up (string trim --right --chars / -- "$up" | string collect)
        for name in .go-version .tool-versions
            set --local file "$up/$name"
            test -e "$file" -o -L "$file"; or continue
            __gs_lines "$file"; or return 1
            set --local key '^'
            test $name = .tool-versions; and set key '^[ \t]*(?:golang|go)\r?[ \t]'
            for line in $__gs_answer
                if string match --quiet --regex -- $key'[ \t]*(?!\r[ \t])[^ \t#]' "$line "
                    set --global __gs_answer (string replace --regex -- $key'[ \t]*([^ \t]+).*' '$1' "$line ")
                    set __gs_answer (string replace --regex -- '\r$' '' "$__gs_answer")
                    test $name = .go-version; and set --global __gs_pin_file "$file"
                    return 0
                end
                test $name = .tool-versions
                and string match --quiet --regex -- $key "$line "
                and return 1
            end
            test $name = .tool-versions; or return 1
        end
        set --append __gs_above -o -e "$up/.go-version" -o -L "$up/.go-version"
        set --append __gs_above -o -e "$up/.tool-versions" -o -L "$up/.tool-versions"
        if test -z "$up"
            set --global __gs_none_above yes
            return 1
        end
        set up (string replace --regex -- '(?s)/[^/]*\z' '' "$up" | string collect)
    end
end

# Answers a number that orders the ends of versions in one series: `.4`, ``, `rc1`. The letters of a kind count as digits
# to the base 27. Fails for what no release has. $argv[2] is the series.
function __gs_rank
    set --local minor (string replace --regex -- '.*\.' '' $argv[2])
    if test -z "$argv[1]"
        test "$minor" -lt 21; or return 1
        set --global __gs_answer 4000000000000000
        return 0
    end
    if string match --quiet --regex -- '^\.(0|[1-9][0-9]{0,8})$' "$argv[1]"
        test "$minor" -ge 21 -o "$argv[1]" != .0; or return 1
        set --global __gs_answer (math "4000000000000000 + "(string sub --start 2 -- $argv[1]))
        return 0
    end
    string match --quiet --regex -- '^[a-z]+(0|[1-9][0-9]{0,3})?$' "$argv[1]"; or return 1
    set --local sum 0
    set --local letters (string split '' (string replace --regex -- '[0-9]*$' '' "$argv[1]"))
    for place in 1 2 3 4 5 6 7 8
        set --local digit (contains --index -- "$letters[$place]" a b c d e f g h i j k l m n o p q r s t u v w x y z)
        test -n "$digit"; or set digit 0
        set sum (math "$sum * 27 + $digit")
    end
    set --local pre (string replace --regex -- '^[a-z]*' '' "$argv[1]")
    test -n "$pre"; and set pre (math "$pre + 1"); or set pre 0
    set --global __gs_answer (math "$sum * 10001 + $pre")
end

# Answers the folder of the newest usable SDK of series $argv[2] in root $argv[1]; notes which there are in __gs_sdks.
function __gs_newest
    set --local best
    set --local most -1
    for sdk in "$argv[1]"/go$argv[2]*
        test -f "$sdk/.unpacked-success"; or continue
        set --append __gs_sdks "$sdk/.unpacked-success"
        set --local tail (string sub --start (math 1 + (string length -- "$argv[1]/go$argv[2]")) -- "$sdk" | string collect)
        __gs_rank "$tail" $argv[2]; or continue
        if test $__gs_answer -gt $most
            set most $__gs_answer
            set best "$sdk"
        end
    end
    set --global __gs_answer "$best"
    test -n "$best"
end

# Answers the highest series of root $argv[1] with a usable release, below the series that $argv[2] orders.
function __gs_series
    set --local best
    set --local most -1
    for sdk in "$argv[1]"/go*.*
        set --local series (string match --regex -- '(?s)^.*/go((?:0|[1-9][0-9]{0,5})\.(?:0|[1-9][0-9]{0,5}))(\.[0-9]+)?\z' "$sdk")[2]
        test -n "$series" -a -f "$sdk/.unpacked-success"; or continue
        set --local tail (string replace --regex -- '(?s)^.*/go[0-9]+\.[0-9]+' '' "$sdk")
        __gs_rank "$tail" $series; or continue
        set --local order (math (string replace . ' * 1000000 + ' $series))
        if test $order -gt $most -a $order -lt $argv[2]
            set most $order
            set best $series
        end
    end
    set --global __gs_answer $best $most
    test -n "$best"
end

# Answers the folder of the SDK in root $argv[1] that the word $argv[2] names.
function __gs_sdk
    set --local root "$argv[1]"
    set --local word "$argv[2]"
    string match --quiet --regex -- '^[0-9A-Za-z+_][0-9A-Za-z.+_-]{0,63}\z' "$word"; or return 1
    switch $word
        case system
            return 1
        case stable latest
            __gs_series "$root" 1000000000000
            and __gs_newest "$root" $__gs_answer[1]
            return
        case oldstable
            __gs_series "$root" 1000000000000
            and __gs_series "$root" $__gs_answer[2]
            and __gs_newest "$root" $__gs_answer[1]
            return
    end
    set --local spelled (string replace --regex -- '^(go|v)' '' $word)
    if string match --quiet --regex -- '^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.x)?$' $spelled
        __gs_newest "$root" (string replace --regex -- '\.x$' '' $spelled)
        return
    end
    if string match --quiet --regex -- '^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)|[a-z]+(0|[1-9][0-9]*)?)$' $spelled
        set spelled (string replace --regex -- '^([0-9]+\.(?:[0-9]|1[0-9]|20))\.0$' '$1' $spelled)
        set --global __gs_answer "$root/go$spelled"
        test -f "$__gs_answer/.unpacked-success"
        return
    end
    string match --quiet --regex -- '^[0-9]' $word; and return 1
    set --global __gs_answer "$root/$word"
    test -d "$__gs_answer"; or return 1
    test -L "$__gs_answer" -o -f "$__gs_answer/.unpacked-success" -o $word = gotip
end
