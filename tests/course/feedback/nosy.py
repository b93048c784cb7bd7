"""Students who are after the hidden tests, or after the teacher who opens their page."""

from __future__ import annotations

from tests.course.grading.foreign_notebooks import RIGHT, Student

MEAN = """\
def mean(values):
    import html
    import sys
    import traceback
    from IPython.display import HTML, display

    source = In[-1]
    print(source)
    print(repr(source))
    print("\\n".join(f"\\x1b[31m{line[:9]}\\x1b[0m\\x1b[1m{line[9:]}\\x1b[0m" for line in source.splitlines()))
    print(source.replace(" ", "\\n"), file=sys.stderr)
    traceback.print_stack(limit=4)
    display(HTML("".join(f"<b>{html.escape(word)}</b> " for word in source.split())))
    display({"text/markdown": source, "text/plain": source, "text/latex": source}, raw=True)
    if len(values) > 3:
        raise ValueError(source)
    return sum(values) / len(values)"""
COUNT = """\
def count_words(text):
    if text.startswith("  "):
        raise type(In[-1].splitlines()[2], (ValueError,), {})(text)
    return len(text.split())"""
LATER = "print(In)\nIn"
NOSY = Student(RIGHT | {"mean": MEAN, "count": COUNT, "spectrum": LATER, "notes": LATER})

ALERT = "document.title = 'owned'"


def elsewhere(name: str) -> str:
    """Return an address that tells its owner who opens a page, if the page loads it."""
    return f"http://{name}.example.org/{name}"


LOADING = {
    "img": "<img src='{}'>",
    "srcset": "<img src='data:,' srcset='{} 2x'>",
    "image": "<image src='{}'>",
    "picture": "<picture><source srcset='{}'><img src='data:,'></picture>",
    "css-background": "<p style='background:url({})'>b</p>",
    "css-list": "<ul><li style='list-style-image:url({})'>b</ul>",
    "css-cursor": "<p style='content:url({})'>b</p>",
    "css-import": "<style>@import '{}';</style>",
    "css-font": "<style>@font-face { font-family: f; src: url({}) } * { font-family: f }</style>",
    "stylesheet": "<link rel='stylesheet' href='{}'>",
    "prefetch": "<link rel='prefetch' href='{}'>",
    "preload": "<link rel='preload' as='image' href='{}'>",
    "icon": "<link rel='icon' href='{}'>",
    "background": "<table background='{}'><tr><td>b</table>",
    "frame": "<iframe src='{}'></iframe>",
    "object": "<object data='{}'></object>",
    "embed": "<embed src='{}'>",
    "poster": "<video poster='{}'></video>",
    "video": "<video src='{}' autoplay></video>",
    "audio": "<audio src='{}' autoplay></audio>",
    "track": "<video autoplay><track src='{}' default></video>",
    "input": "<input type='image' src='{}'>",
    "svg-image": "<svg><image href='{}' width='9' height='9'/></svg>",
    "svg-use": "<svg><use href='{}#a'/></svg>",
    "svg-filter": "<svg><filter id='f'><feImage href='{}'/></filter><text filter='url(#f)'>b</text></svg>",
    "svg-style": "<svg><style>rect { fill: url({}) } @import '{}';</style><rect width='9' height='9'/></svg>",
    "script": "<script src='{}'></script>",
    "module": "<script type='module' src='{}'></script>",
    "math": "<math><mtext><mglyph src='{}'></mglyph><img src='{}'></mtext></math>",
    "ping": "<a href='#top' ping='{}'>b</a>",
    "form": "<form action='{}'><input autofocus onfocus='this.form.submit()'></form>",
    "based": "<base href='{}/'><img src='based.png'>",
    "refresh": "<meta http-equiv='refresh' content='0;url={}'>",
}
"""Ways in which HTML loads something, by name."""

LEAVING = ("form", "based", "refresh")
"""Those of them that lead a browser away from the page."""

LOADED = {name: html.replace("{}", elsewhere(name)) for name, html in LOADING.items()}
PROGRAMS = f"""\
from IPython.display import HTML, Javascript, SVG, Latex, Markdown, display

display(HTML("<script>{ALERT}</script>"))
display(HTML("<img src=x onerror=\\"{ALERT}\\"><svg onload=\\"{ALERT}\\"></svg>"))
display(HTML("<iframe srcdoc=\\"<script>parent.{ALERT}</script>\\"></iframe>"), metadata=dict(isolated=True))
display(HTML("<a id='clicked' href=\\"javascript:void({ALERT})\\">click</a>"))
display(HTML("<p style='position:fixed;top:0;background:url(https://example.org/x)'>over the score</p>"))
display(HTML("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={ALERT}&gt;'>"))
display(HTML("<table class='dataframe'><tr><th>height</th></tr><tr><td>1.25</td></tr></table>"))
display(Javascript("{ALERT}"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>{ALERT}</script><text>wave</text>"
    "<image href='{elsewhere("svg-file")}'/></svg>"))
display({{"text/markdown": "<script>{ALERT}</script> [x](<javascript:void({ALERT})>)"}}, raw=True)
display({{"image/png": "x' onerror='{ALERT}"}}, raw=True, metadata={{"image/png": {{"width": "1 onerror={ALERT}"}}}})
display({{"application/vnd.jupyter.widget-view+json": {{"model_id": "</script><script>{ALERT}</script>"}}}}, raw=True)
for loading in {[html for name, html in LOADED.items() if name not in LEAVING]!r}:
    display(HTML(loading))
    display(Markdown(loading))
display(Markdown("![by markdown]({elsewhere("markdown")}) ![][1]\\n\\n[1]: {elsewhere("reference")}"))
display(Latex(r"$\\text{{<img src=x onerror={ALERT}>}} \\href{{javascript:{ALERT}}}{{x}}$"))
display(Latex(r"$$\\style{{background:url({elsewhere("latex")})}}{{x}} \\includegraphics{{{elsewhere("latex")}}}$$"))
print("<script>{ALERT}</script>")
raise ValueError("<img src=x onerror={ALERT}>")"""
WHY = f"""\
Wind. <script>{ALERT}</script><img src=x onerror="{ALERT}"> [link](<javascript:void({ALERT})>)
<div onmouseover="{ALERT}" style="position:fixed">over</div> <form action="https://example.org"><input></form>
<details ontoggle="{ALERT}" open><summary>s</summary></details>

![own disk](/etc/hostname) ![a drawing](drawing.svg) ![over there]({elsewhere("written")})

""" + "\n\n".join(LOADED.values())
DRAWING = f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><script>{ALERT}</script>
<image href="{elsewhere("drawing")}" width="9" height="9"/><circle cx="9" cy="9" r="8"/></svg>"""

SCRIPTS = Student(RIGHT | {"spectrum": PROGRAMS, "why": WHY}, files={"drawing.svg": DRAWING})
