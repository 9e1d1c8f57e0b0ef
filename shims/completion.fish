# Completion of `goswitch` for fish. `goswitch completion fish` prints it. Python starts at TAB, not before.

function __gs_complete
    set --local line (commandline --current-process --cut-at-cursor | string collect --allow-empty)
    set --local word (commandline --current-token --cut-at-cursor | string collect --allow-empty)
    for answer in (env COMP_WORDS="$line" COMP_CWORD="$word" _GOSWITCH_COMPLETE=fish_complete goswitch 2>/dev/null)
        switch $answer
            case 'plain,*'
                string sub --start 7 -- $answer
            case 'dir,*'
                __fish_complete_directories $word
            case 'file,*'
                __fish_complete_path $word
        end
    end
end

complete --command goswitch --no-files --keep-order --arguments '(__gs_complete)'
