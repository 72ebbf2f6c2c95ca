"""What is wrong with a command line, in the words of who typed it: click says it in English only."""

from __future__ import annotations

import click


def told(error: click.UsageError) -> str:
    """A usage error in Chinese; what click says where it is none of the usual ones."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"缺少 {_name(error.param)}。"
    if isinstance(error, click.NoSuchOption):
        meant = f"是不是想用 {'、'.join(sorted(error.possibilities))}？" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项。{meant}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        if isinstance(kind, click.Choice):
            return f"{_name(error.param)} 的值不对，可以是：{'、'.join(map(str, kind.choices))}。"
        if isinstance(kind, click.Path) and not kind.dir_okay:
            return f"{_name(error.param)} 应是文件，给出的却是文件夹。"
        if isinstance(kind, click.Path) and not kind.file_okay:
            return f"{_name(error.param)} 应是文件夹，给出的却是文件。"
        if isinstance(kind, click.IntRange):
            return f"{_name(error.param)} 应是不小于 {kind.min} 的整数。"
    return error.format_message()


def _name(param: click.Parameter) -> str:
    """A parameter as it is typed."""
    return "/".join(param.opts) if isinstance(param, click.Option) else str(param.metavar or (param.name or "").upper())
