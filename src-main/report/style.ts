const NARROW =
  'main,header,nav,footer,.part{padding-left:16px;padding-right:16px}.answers,.pair,dl{grid-template-columns:1fr}'

/** The style sheet of the report: the light tokens of docs/design/tokens.css, on a screen and on A4 or Letter paper. */
export const STYLE = `
:root,:host{color-scheme:light;--text:#1b2129;--text-2:#47505e;--text-3:#5c6573;--border:#d8dde4;--surface-2:#f7f8fa;--surface-3:#e9ecf1;--accent:#4150b5;--accent-soft:#eceefa;--track:#e2e6ed;--ok:#1a7043;--ok-soft:#e6f3eb;--warn:#855000;--warn-soft:#fdf2de}
*{box-sizing:border-box}
html{scroll-behavior:auto}
body,.body{margin:0;background:#f1f3f6;color:var(--text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Inter,Roboto,"Noto Sans",sans-serif}
main,header,nav,footer,.part{max-width:980px;margin:0 auto;padding:0 48px;background:#fff}
header,.part:first-child{padding-top:28px}
h1{font-size:22px;line-height:1.3;margin:0 0 2px}
h2{font-size:18px;margin:34px 0 10px;padding-top:12px;border-top:1px solid var(--border)}
h3{font-size:14px;margin:22px 0 4px}
p{margin:4px 0 8px}
a{color:var(--accent);text-underline-offset:2px}
a:focus-visible,button:focus-visible,input:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
main{padding-top:1px}
#summary h2{border:0;margin:10px 0 0;padding:0}
.skip{position:absolute;left:-9999px}
.skip:focus{left:8px;top:8px;background:#fff;padding:6px 10px}
.meta{color:var(--text-3);font-size:12px;margin:0}
nav ul{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:0;padding:12px 0 4px;font-size:13px}
nav a{display:inline-block;padding:3px 0}
.answers{display:grid;grid-template-columns:1fr 1fr;gap:0 28px;margin-top:0}
.answer h3{margin:8px 0 2px;color:var(--text-3);font-size:12px;font-weight:600}
.answer p{margin:0 0 5px}
.name{overflow-wrap:anywhere}
.print{display:none}
i.name{font-style:italic}
.scroll{overflow-x:auto;margin:8px 0 16px}
/* names and values that a narrow column must not break */
.nb{white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:12.5px;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:4px 0 6px}
th,td{text-align:left;vertical-align:top;padding:4px 10px;border-bottom:1px solid var(--border)}
thead th{font-weight:500;color:var(--text-2);background:var(--surface-2);vertical-align:bottom}
tbody th{font-weight:400}
th.n,td.n{text-align:right}
thead th:has(button){cursor:pointer}
thead button{font:inherit;color:var(--text-3);background:none;border:0;padding:0;min-width:24px;min-height:24px;cursor:pointer}
thead button::after{content:"\\2195"}
thead th[aria-sort=ascending] button::after{content:"\\2191"}
thead th[aria-sort=descending] button::after{content:"\\2193"}
.bar{vertical-align:1px}
.bar .track{fill:var(--track)}
.bar .value{fill:var(--accent)}
.tag{display:inline-block;font-size:11px;font-weight:500;padding:0 6px;border-radius:3px;background:var(--surface-3);color:var(--text-2);white-space:nowrap}
.tag.ok{background:var(--ok-soft);color:var(--ok)}
.activates{color:#0072b2}.inhibits{color:#b84e00}.unknown{color:var(--text-3)}
figure{margin:14px 0 18px;min-width:0}
.figure-frame{overflow-x:auto}
svg.figure{display:block;max-width:100%;height:auto;margin:0 auto}
figcaption .save-figure,figcaption .save{margin-right:8px}
figcaption{font-size:12.5px;color:var(--text-2);margin-top:6px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 28px;align-items:start}
.pair figure{margin:8px 0}
.note,.warning{padding:4px 16px 10px;margin:14px 0;border-radius:5px;background:var(--surface-2)}
.note h3,.warning h3{margin-top:8px}
.warning{background:var(--warn-soft)}
.warning ul{margin:4px 0;padding-left:20px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 14px;margin:6px 0 0}
dt{font-weight:500}dd{margin:0}
details{margin:8px 0;border-bottom:1px solid var(--border);padding-bottom:6px}
summary{cursor:pointer;padding:4px 0;min-height:24px}
summary h3{display:inline;margin:0}
code,pre{font:12px/1.55 ui-monospace,"SF Mono","Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--surface-2);padding:12px 14px;border-radius:5px;margin:6px 0}
.hash{overflow-wrap:anywhere}
.copy{position:relative}
.tools{font-size:12.5px;margin:6px 0}
.tools input{font:inherit;padding:4px 8px;min-height:28px;border:1px solid #808997;border-radius:5px;width:240px;max-width:100%}
.zoom{display:flex;gap:4px;justify-content:flex-end}
.zoomable{cursor:grab;touch-action:pan-y}
.zoomable.moving{cursor:grabbing}
.dim [data-edge]:not(.lit),.dim [data-gene]:not(.lit){opacity:.15}
.copy-button,.save-figure,.zoom button{font:inherit;font-size:12px;min-height:26px;padding:2px 10px;border:1px solid #808997;border-radius:5px;background:#fff;color:var(--text);cursor:pointer}
.save{display:inline-block;padding:3px 0}
[hidden]{display:none!important}
footer{padding-top:18px;padding-bottom:32px;color:var(--text-3);font-size:12px}
@media screen and (max-width:760px){${NARROW}}
/* the preview in the program is narrower than its window */
.body{container:preview/inline-size;background:#fff}
@container preview (max-width:760px){${NARROW}}
@page{margin:12mm 15mm 14mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt system-ui,sans-serif;color:#5c6573}}
@media print{
body{background:#fff;font-size:9.5pt;line-height:1.4}
main,header,nav,footer{max-width:none;padding-left:0;padding-right:0}
header{padding-top:0}
h1{font-size:16pt}
h2{font-size:13pt;margin:14pt 0 6pt;padding-top:8pt}
h3{margin:6pt 0 1pt;font-size:10.5pt}
p{margin:2pt 0 4pt}
nav,.tools,.save,.save-line,.save-figure,.copy-button,.zoom,.skip,details.screen,thead button{display:none!important}
.print{display:block}
details:not(.screen)::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none;min-height:0}
summary::-webkit-details-marker{display:none}
details{border:0;margin:0;padding:0}
a{color:inherit;text-decoration:none}
h2,h3,caption,summary,.lead-in{break-after:avoid}
p,li{orphans:3;widows:3}
article,tr,table.whole,figure,.answer,.note,.warning,dl{break-inside:avoid}
details:has(h3){break-inside:avoid}
thead{display:table-header-group}
.scroll,.figure-frame{overflow:visible}
table{font-size:8pt;line-height:1.25}
th,td{padding:1pt 5pt}
caption{padding:2pt 0}
.tag{font-size:7.5pt;padding:0 3pt}
.bar{width:48px;height:6px}
svg.figure{max-height:190mm}
/* two experiments to a page, and no text of a figure below 4.8 pt */
article .pair svg.figure{max-height:45mm}
article p{margin:1pt 0 2pt;line-height:1.3}
article th,article td{padding-top:.3pt;padding-bottom:.3pt}
figcaption{font-size:8pt;line-height:1.3;margin-top:1pt}
article caption{display:none}
article .scroll{margin:2pt 0}
figure{margin:6pt 0}
.pair figure{margin:2pt 0}
.note,.warning{padding:1pt 10pt 6pt;margin:8pt 0}
.scroll{margin:3pt 0 6pt}
pre{font-size:7.5pt;border:1px solid var(--border)}
thead th,.tag,.note,.warning,pre,.bar,svg.figure{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`
