"""How the page looks: light or dark as the reader's system, on paper, and without colour."""

STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #fff; --panel: #f5f7f9; --line: #d5dbe1;
  --right: #2e8540; --wrong: #c4500b; --wrong-soft: #eba77f; --open: #8b949e; --accent: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #a3adb8; --paper: #15181c; --panel: #1f242a;
  --line: #39414a; --right: #55b56a; --wrong: #f0803c; --wrong-soft: #8a4620; --open: #7d8590; --accent: #7ab3f5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 2rem 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0 0 .35rem; }
p { margin: .35rem 0; max-width: 46rem; }
code { font-size: .92em; }
.soft, caption, footer, dt { color: var(--soft); }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.1rem 0 0; padding: 0; list-style: none; }
.figures li { background: var(--panel); border-radius: .6rem; padding: .6rem 1rem; min-width: 8.5rem; }
.figures b { display: block; font-size: 1.5rem; line-height: 1.25; }
.talk { list-style: none; margin: .9rem 0 0; padding: 0; display: grid; gap: .9rem; }
.talk > li { background: var(--panel); border-left: .3rem solid var(--wrong); border-radius: .4rem;
  padding: .85rem 1.1rem; }
.talk .says { font-weight: 600; }
.talk + p { margin-top: .9rem; }
.talk dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .5rem 0 0; }
.talk dd { margin: 0; max-width: 42rem; overflow-wrap: anywhere; }
.scroll { position: relative; overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; font-size: .93rem; }
table.wide { width: 100%; }
caption { text-align: left; padding: 0 0 .4rem; }
caption span { display: inline-block; max-width: calc(100vw - 2.5rem); }
th, td { padding: .32rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; border-bottom: 2px solid var(--line); font-size: .85rem; }
th:first-child, td:first-child { padding-left: 0; }
tbody th { font-weight: 600; min-width: 7rem; max-width: 22rem; overflow-wrap: break-word; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead .n { white-space: normal; }
.says-cell { min-width: 15rem; } .bar-cell { width: 38%; }
th .soft { display: block; font-weight: 400; }
.bar { display: flex; height: 1.15rem; min-width: 9rem; border-radius: .2rem; overflow: hidden;
  outline: 1px solid var(--line); }
.bar span, .key { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.f-right { background: var(--right); }
.f-wrong { background: repeating-linear-gradient(135deg, var(--wrong) 0 5px, var(--wrong-soft) 5px 8px); }
.f-not-attempted { background: var(--panel); box-shadow: inset 0 0 0 2px var(--open); }
.f-blocked { background: repeating-linear-gradient(90deg, var(--open) 0 2px, var(--paper) 2px 6px); }
.f-no-verdict { background: radial-gradient(var(--open) 1px, transparent 1.5px) 0 0 / 5px 5px; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; padding: 0; margin: .4rem 0; list-style: none;
  font-size: .93rem; }
.key { display: inline-block; width: 1.3rem; height: .85rem; border-radius: .15rem; margin-right: .4rem;
  vertical-align: -.06rem; }
.matrix td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.matrix th, .matrix td { padding-top: .14rem; padding-bottom: .14rem; }
.matrix thead th { max-width: 11rem; overflow-wrap: break-word; }
.matrix tbody tr:nth-child(5n) > * { border-bottom-color: var(--open); }
.matrix i { font-style: normal; font-weight: 700; display: inline-block; width: 1.1em; }
.r i { color: var(--right); } .w i { color: var(--wrong); } .o, .o i { color: var(--soft); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.columns { display: flex; align-items: flex-end; gap: 1px; height: 9.5rem; margin: .9rem 0 0;
  border-bottom: 2px solid var(--line); }
.columns div { flex: 1 1 0; display: flex; flex-direction: column; justify-content: flex-end; height: 100%; }
.columns span { display: block; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.ends { display: flex; justify-content: space-between; font-size: .85rem; color: var(--soft); margin: .2rem 0 .6rem;
  max-width: none; }
summary { cursor: pointer; color: var(--accent); margin: .5rem 0; }
footer { margin-top: 3rem; padding-top: .8rem; padding-bottom: 2.5rem; font-size: .9rem; }
@media (max-width: 40rem) { body { font-size: 15px; } .talk + p { margin-top: .9rem; }
.talk dl { grid-template-columns: 1fr; }
  .talk dd { margin-bottom: .3rem; } .figures li { flex: 1 1 8rem; } th, td { padding: .3rem .4rem; }
  .says-cell { min-width: 10rem; } tbody th { min-width: 5.5rem; } }
@media print { :root { --ink: #000; --soft: #444; --paper: #fff; --panel: #f5f5f5; --line: #bbb; --right: #2e8540;
  --wrong: #c4500b; --wrong-soft: #eba77f; --open: #777; } body { font-size: 10.5pt; } main, footer { max-width: none; }
  .talk > li, tr, .columns { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  thead { display: table-header-group; } .scroll { overflow: visible; } table, thead th { font-size: 8.5pt; }
  .bar { min-width: 5rem; } .says-cell, .matrix tbody th { min-width: 0; }
  .matrix, .matrix thead th { font-size: 7pt; } }
"""
