"""The command line: one thin module per command, imported only when its command runs."""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from extractor import __version__

_COMMANDS = {
    "extract": "提取报告中的数字，输出 JSON。",
    "check": "核对报告中的数字是否勾稽一致。",
    "batch": "一次处理整个文件夹的报告。",
    "completion": "输出命令补全脚本（bash、zsh、fish、PowerShell）。",
    "diff": "与上年报告比较：数字、增减表述、结转、照抄。",
    "doctor": "检查本机：版本、依赖、可选功能。",
    "evaluate": "用标注好的报告检验提取效果。",
    "export": "把批处理结果导出成表（CSV、Parquet、JSON Lines）。",
    "explain": "说明某个数字为什么是（不是）事实。",
    "indicators": "列出指标目录，或解释其中一个。",
    "review": "记录对问题的复核结论：确有问题、不是问题。",
    "rules": "列出核对规则，或解释其中一条。",
    "schema": "输出 JSON 结果的格式说明（JSON Schema）。",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"extractor.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it; what is wrong with a command line is told in Chinese."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            from extractor.cli.usage import told

            raise click.UsageError(told(error), error.ctx) from None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it; a mistyped command is told with what was probably meant."""
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            meant = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"是不是想用 gouji {meant[0]}？" if meant else "用 gouji --help 查看全部命令。"
            ctx.fail(f"没有“{args[0]}”这个命令。{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gouji")
def main() -> None:
    """gouji（勾稽）：提取并核对年度报告中的数字。全部在本机运行，不联网。

    Extracts and cross-checks the numbers of Chinese annual reports. Nothing leaves this machine.
    """
