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
PROGRAMS = f"""\
from IPython.display import HTML, Javascript, SVG, display

display(HTML("<script>{ALERT}</script>"))
display(HTML("<img src=x onerror=\\"{ALERT}\\"><svg onload=\\"{ALERT}\\"></svg>"))
display(HTML("<iframe srcdoc=\\"<script>parent.{ALERT}</script>\\"></iframe>"), metadata=dict(isolated=True))
display(HTML("<a id='clicked' href=\\"javascript:{ALERT}\\">click</a>"))
display(HTML("<p style='position:fixed;top:0;background:url(https://example.org/x)'>over the score</p>"))
display(HTML("<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={ALERT}&gt;'>"))
display(HTML("<meta http-equiv=refresh content='0;url=data:text/html,gone'><base href='https://example.org/'>"))
display(HTML("<table class='dataframe'><tr><th>height</th></tr><tr><td>1.25</td></tr></table>"))
display(Javascript("{ALERT}"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg'><script>{ALERT}</script><text>wave</text></svg>"))
display({{"text/markdown": "<script>{ALERT}</script> [x](javascript:{ALERT})"}}, raw=True)
display({{"image/png": "x' onerror='{ALERT}"}}, raw=True, metadata={{"image/png": {{"width": "1 onerror={ALERT}"}}}})
display({{"application/vnd.jupyter.widget-view+json": {{"model_id": "</script><script>{ALERT}</script>"}}}}, raw=True)
print("<script>{ALERT}</script>")
raise ValueError("<img src=x onerror={ALERT}>")"""
WHY = f"""\
Wind. <script>{ALERT}</script><img src=x onerror="{ALERT}"> [link](javascript:{ALERT})
<div onmouseover="{ALERT}" style="position:fixed">over</div> <form action="https://example.org"><input></form>
![own disk](/etc/hostname) <details ontoggle="{ALERT}" open><summary>s</summary></details>"""
SCRIPTS = Student(RIGHT | {"spectrum": PROGRAMS, "why": WHY})
