"""``gouji completion``: what a shell needs to complete commands, options and names of rules."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from extractor.cli.options import utf8

_SHELLS = ("bash", "zsh", "fish", "powershell")
_POWERSHELL = """Register-ArgumentCompleter -Native -CommandName gouji -ScriptBlock {
    param($word, $tree, $position)
    $env:_GOUJI_COMPLETE = "bash_complete"
    $env:COMP_WORDS = $tree.ToString()
    $env:COMP_CWORD = $tree.CommandElements.Count - [int]($word -ne "")
    gouji | ForEach-Object {
        $kind, $value = $_ -split ",", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $value)
    }
    Remove-Item Env:_GOUJI_COMPLETE, Env:COMP_WORDS, Env:COMP_CWORD
}
"""


@click.command("completion")
@click.argument("shell", type=click.Choice(_SHELLS))
def command(shell: str) -> None:
    """输出命令补全脚本，按 Tab 键补全命令、选项和规则编号。

    bash：gouji completion bash >> ~/.bashrc；zsh、fish 同理；PowerShell：gouji completion powershell >> $PROFILE。
    """
    from extractor.cli import main

    utf8()
    if shell == "powershell":
        click.echo(_POWERSHELL)
        return
    complete = get_completion_class(shell)
    if complete is None:  # pragma: no cover - every name of _SHELLS is known to click
        raise click.UsageError(shell)
    click.echo(complete(main, {}, "gouji", "_GOUJI_COMPLETE").source())
