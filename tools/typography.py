"""French as it is printed: ’ not ', a no-break space before : ; ! ? » and after «, … for three dots.

    python -m tools.typography check     say where it is not so
    python -m tools.typography fix       mend it (`make format` does)

Looked at: every text marked for translation, in templates and in Python, and the text between tags. Keyboards
have no no-break space: write an ordinary one and let `make format` set it. A text marked for translation
must also be written out: an f-string could never be translated, and only its author can mend that.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NBSP = "\u00a0"
GONE = "\0"  # stands for markup that was masked: neither a space nor a letter

MISTAKES = (
    ("straight apostrophe", re.compile(r"(?<=\w)'(?=\w)"), "’"),
    ("three dots for …", re.compile(r"\.\.\."), "…"),
    (
        "no no-break space before : ; ! ?",
        re.compile(rf"(?: |(?<=[^\s:;!?&{GONE}]))(?=[:;!?](?:[\s{GONE}]|$))"),
        NBSP,
    ),
    ("no no-break space before »", re.compile(r"(?: |(?<=\S))(?=»)"), NBSP),
    ("no no-break space after «", re.compile(r"(?<=«)(?: |(?=\S))"), NBSP),
)

# The calls that mark a text for translation, and how many texts each takes (some take a context first).
TRANSLATORS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), 1)
TRANSLATORS |= dict.fromkeys(("ngettext", "ngettext_lazy"), 2)
IN_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}

LITERAL = re.compile(r"""^\w*(\"{3}|'{3}|"|')(.*)\1$""", re.DOTALL)
ESCAPED_SPACE = re.compile(r"\\u00a0|\\u202f|\\xa0|\\N{(?:NARROW )?NO-BREAK SPACE}")
ESCAPED_NEWLINE = re.compile(r"\\n")

TRANSLATE_TAG = re.compile(r"""{%\s*(?:translate|trans)\s+("[^"]*"|'[^']*')""")
BLOCK_TAG = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}(.*?){%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
NOT_TEXT = re.compile(
    r"{#.*?#}|{%\s*comment\b.*?endcomment\s*%}|<!.*?>|<(script|style|pre|code)\b.*?</\1>", re.DOTALL
)
VOICELESS = re.compile(r"{%.*?%}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
ENTITY = re.compile(r"&(?!nbsp;)#?\w+;")
MARKUP = re.compile(r"""</?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>""")


@dataclass(frozen=True)
class Text:
    """A stretch of a file that a reader will see; `masked` is as long, what is not French made harmless."""

    start: int
    masked: str

    def mistakes(self) -> list[tuple[str, int, int, str]]:
        """Return the mistakes: name, start and end in the file, what belongs there."""
        found = [(name, match, right) for name, bad, right in MISTAKES for match in bad.finditer(self.masked)]
        return [(name, self.start + m.start(), self.start + m.end(), right) for name, m, right in found]


def masked(pattern: re.Pattern[str], text: str, cover: str) -> str:
    """Cover what the pattern matches, keeping the length of the text."""
    return pattern.sub(lambda match: cover * len(match[0]), text)


def template_texts(source: str) -> Iterator[Text]:
    """Yield the texts of a template: marked for translation, or standing between tags."""
    source = masked(NOT_TEXT, source, GONE)
    plain = masked(ENTITY, source.replace("&nbsp;", NBSP * 6), "x")
    for match in TRANSLATE_TAG.finditer(source):
        yield Text(match.start(1) + 1, plain[match.start(1) + 1 : match.end(1) - 1])
    plain = masked(VOICELESS, masked(VARIABLE, plain, "x"), GONE)
    for match in BLOCK_TAG.finditer(source):
        yield from between_tags(plain, match.start(1), match.end(1))
    yield from between_tags(masked_blocks(source, plain), 0, len(source))


def masked_blocks(source: str, plain: str) -> str:
    """Cover the translated blocks, which were looked at already."""
    for match in BLOCK_TAG.finditer(source):
        plain = plain[: match.start()] + GONE * len(match[0]) + plain[match.end() :]
    return plain


def between_tags(plain: str, start: int, end: int) -> Iterator[Text]:
    """Yield the text of a stretch of markup, tag by tag."""
    position = start
    for tag in MARKUP.finditer(plain, start, end):
        yield Text(position, plain[position : tag.start()])
        position = tag.end()
    yield Text(position, plain[position:end])


def marked_arguments(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the arguments that are marked for translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = 1 if name in IN_CONTEXT else 0
            yield from node.args[first : first + (IN_CONTEXT.get(name) or TRANSLATORS.get(name, 0))]


def python_texts(source: str) -> Iterator[Text]:
    """Yield the texts of a Python file that are marked for translation, literal by literal."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def place(row: int, byte: int) -> int:
        return starts[row - 1] + len(lines[row - 1].encode()[:byte].decode())

    wanted = [
        (place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0))
        for node in marked_arguments(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        start = starts[token.start[0] - 1] + token.start[1]
        if token.type == tokenize.STRING and any(low <= start < high for low, high in wanted):
            literal = LITERAL.match(token.string)
            if literal is not None:
                inner = masked(ESCAPED_SPACE, literal[2], NBSP)
                yield Text(start + literal.start(2), masked(ESCAPED_NEWLINE, inner, "\n"))


def texts(path: Path) -> list[Text]:
    """Return the texts of a file of ours."""
    source = path.read_text(encoding="utf-8")
    return list(template_texts(source) if path.suffix == ".html" else python_texts(source))


def ours(root: Path) -> list[Path]:
    """Return the files with texts in them below a root."""
    found = [*(root / "mafaka").rglob("*.py"), *(root / "mafaka").rglob("*.html")]
    return sorted(path for path in found if not {"migrations", "built", "node_modules"} & set(path.parts))


def line_of(source: str, position: int) -> int:
    """Return the number of the line on which a position lies."""
    return source.count("\n", 0, position) + 1


def faults(path: Path) -> list[str]:
    """Return what is wrong in a file, each with its line."""
    source = path.read_text(encoding="utf-8")
    found = [
        f"{line_of(source, start)} {name}: {source[max(0, start - 25) : end + 12]!r}"
        for text in texts(path)
        for name, start, end, _ in text.mistakes()
    ]
    if path.suffix == ".py":
        marked = marked_arguments(ast.parse(source))
        loose = [node.lineno for node in marked if isinstance(node, ast.JoinedStr)]
        found += [f"{line} an f-string cannot be translated" for line in loose]
    return found


def fix(path: Path) -> None:
    """Mend what can be mended in a file."""
    source = path.read_text(encoding="utf-8")
    mistakes = {(start, end, right) for text in texts(path) for _, start, end, right in text.mistakes()}
    for start, end, right in sorted(mistakes, reverse=True):
        source = source[:start] + right + source[end:]
    if mistakes:
        path.write_text(source, encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run one of the commands; return 0, 1 where something is wrong, 2 where the command is not known."""
    root = Path.cwd()
    if arguments not in (["check"], ["fix"]):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments == ["fix"]:
        for path in ours(root):
            fix(path)
    left = [f"{path.relative_to(root)}:{fault}" for path in ours(root) for fault in faults(path)]
    print("\n".join(left))
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
