"""What each shell is told, once, so that it asks this program at every Tab: ``completion show SHELL``.

Rule: a script knows nothing of commands, options or the store; it hands over the line and takes words back.
So it need not be renewed when this program is, and each shell that is new needs a dozen lines here.
"""

BASH = r"""# socrekry: completion for bash, 3.2 and later
_socrekry() {
    local program=${COMP_WORDS[0]} line answer IFS=$'\n'
    program=${program/#\~\//$HOME/}
    if ((BASH_VERSINFO[0] < 4)); then local LC_ALL=C; fi # there, COMP_POINT counts bytes
    line=${COMP_LINE:0:$COMP_POINT}
    answer=$("$program" __complete bash "$line" "$COMP_TYPE" "$COMP_WORDBREAKS" 2>/dev/null </dev/null)
    if [[ $answer == :files ]]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$2"))
        return
    fi
    compopt -o nosort 2>/dev/null
    [[ $answer == *= ]] && compopt -o nospace 2>/dev/null
    set -f
    COMPREPLY=($answer)
    set +f
}
complete -F _socrekry socrekry
"""

ZSH = r"""#compdef socrekry
# socrekry: completion for zsh
_socrekry() {
    emulate -L zsh
    local -a lines choices shown
    local line program=${words[1]/#\~\//$HOME/}
    local -a before=("${(@Q)words[1,CURRENT-1]}")
    lines=("${(@f)$("$program" __complete zsh "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    if [[ $lines[1] == :files ]]; then
        _files
        return
    fi
    local -i widest=0
    for line in $lines; do
        choices+=("${line%%$'\t'*}")
        (( ${#choices[-1]} > widest )) && widest=${#choices[-1]}
    done
    for line in $lines; do
        if [[ $line == *$'\t'* ]]; then
            shown+=("${(r:widest:)${line%%$'\t'*}}  -- ${line#*$'\t'}")
        else
            shown+=("$line")
        fi
    done
    (( $#choices )) || return 1
    local -a open
    [[ $#choices == 1 && $choices[1] == *= ]] && open=(-S '')
    if [[ "$lines" == *$'\t'* ]]; then
        compadd -U -l -V socrekry "${open[@]}" -d shown -a choices
    else
        compadd -U -V socrekry "${open[@]}" -a choices
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _socrekry "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _socrekry socrekry
fi
"""

FISH = r"""# socrekry: completion for fish
function __socrekry_complete
    set -l words (commandline -opc)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    set -l lines ($program __complete fish $words (commandline -ct) 2>/dev/null </dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path (commandline -ct)
    else if set -q lines[1]
        printf '%s\n' $lines
    end
end
complete -c socrekry -f -k -a '(__socrekry_complete)'
"""

POWERSHELL = r"""# socrekry: completion for PowerShell
Register-ArgumentCompleter -Native -CommandName 'socrekry', 'socrekry.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.Extent.Text
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = if ($line.Length -gt $length) { $line.Substring(0, $length) } else { $line.PadRight($length) }
    $encoding = [Console]::OutputEncoding
    $program = "$($commandAst.CommandElements[0].Value)"
    try {
        [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false)
        $env:COMPLETION_LINE = $line
        $lines = @(& $program __complete powershell 2>$null)
    } catch {
        return
    } finally {
        Remove-Item Env:COMPLETION_LINE -ErrorAction Ignore
        [Console]::OutputEncoding = $encoding
    }
    if ($lines.Count -gt 0 -and $lines[0] -eq ':files') { return }
    foreach ($each in $lines) {
        $word, $shown, $meaning = $each.Split("`t")
        if (-not $meaning) { $meaning = $shown }
        [System.Management.Automation.CompletionResult]::new($word, $shown, 'ParameterValue', $meaning)
    }
}
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}
