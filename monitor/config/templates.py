"""The message templates, loaded with the escaping that each dress needs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.core.messages import Occasion
from monitor.core.telling.fitting import Quote
from monitor.core.telling.inert import (
    Markdown,
    code_markdown,
    escape_markdown,
    link_markdown,
    mark_markdown,
    quiet_calls,
    web_link,
)
from monitor.core.telling.stationery import Dress


class JinjaTemplates:
    """The shipped templates; what fills them is escaped for the dress, without the template's doing."""

    def __init__(self) -> None:
        plain, markdown = _environment(), _environment(finalize=_finalize_markdown)
        markdown.filters |= {"linked": link_markdown, "marked": _mark, "code": code_markdown}
        html = _environment(autoescape=True, finalize=_finalize_html)
        html.filters["linked"] = _link_html
        self._environments = {Dress.TITLE: plain, Dress.TEXT: plain, Dress.MARKDOWN: markdown, Dress.HTML: html}

    def render(self, occasion: Occasion, dress: Dress, context: Mapping[str, Any]) -> str:
        """Fill one template."""
        return self._environments[dress].get_template(f"{occasion}.{dress}.j2").render(context)


@lru_cache(maxsize=1)
def load_templates() -> JinjaTemplates:
    """The shipped templates, compiled once."""
    return JinjaTemplates()


def _environment(**options: Any) -> Environment:
    environment = Environment(  # noqa: S701 - plain text and Markdown; the HTML environment asks for autoescape
        loader=PackageLoader("monitor.core.telling", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    environment.filters["web_link"] = web_link
    return environment


def _finalize_markdown(filling: object) -> object:
    """Escape what fills a template; Jinja leaves the template's own words alone."""
    return filling if isinstance(filling, Markdown) else escape_markdown(str(filling))


def _finalize_html(filling: object) -> object:
    """Quiet what fills a template, before Jinja escapes it."""
    return quiet_calls(filling) if isinstance(filling, str) and not isinstance(filling, Markup) else filling


def _mark(quote: Quote) -> Markdown:
    return mark_markdown(quote.before, quote.value, quote.after)


def _link_html(label: str, url: str) -> Markup:
    address = web_link(url)
    shown = quiet_calls(label)
    return Markup('<a href="{}">{}</a>').format(address, shown) if address else Markup("{}").format(shown)
