/** The page's style sheet: system fonts, light and dark, from a telephone's width to paper. */
import { palette, type ColourName } from './palette.ts'

const names = Object.keys(palette) as ColourName[]

const variables = (shade: 'light' | 'dark'): string =>
  names.map((name) => `--${name}:${palette[name][shade]}`).join(';')

const rules = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:400 1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main,header,footer,nav{max-width:66rem;margin:0 auto;padding:0 1.5rem}
code,pre,.mono{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,monospace;font-size:.9em}
a{color:inherit;text-decoration-color:var(--quiet);text-underline-offset:.2em}
a:hover{text-decoration-color:currentColor}
:focus-visible{outline:2px solid var(--candidate1);outline-offset:3px}
h1,h2,h3{line-height:1.2;font-weight:650;letter-spacing:-.012em;text-wrap:balance;margin:0}
h2{font-size:1.45rem}
h3{font-size:1.06rem;letter-spacing:0}
p{margin:.6rem 0;max-width:44rem}
.quiet{color:var(--quiet)}
.eyebrow{color:var(--quiet);font-size:.86rem;margin:0}

header{padding-top:3.2rem}
header h1{font-size:clamp(2rem,1.2rem + 3.2vw,3.1rem);line-height:1.08;letter-spacing:-.03em;font-weight:700;margin:.7rem 0 .9rem;max-width:22em}
header .facts{list-style:none;margin:1.4rem 0 0;padding:0;color:var(--quiet);font-size:.86rem;line-height:1.6;overflow-wrap:anywhere}
header .lead{font-size:1.18rem;line-height:1.5;max-width:40rem;margin:0 0 1.6rem}
.strip{display:block;width:100%;max-width:46rem;height:auto;overflow:visible}
.strip text{font:12px system-ui,sans-serif;fill:var(--quiet)}
.strip .strip-value{font-size:14px;font-weight:650;fill:var(--ink)}

nav{margin-top:2.2rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;padding:.8rem 0;margin:0;border-block:1px solid var(--rule);font-size:.9rem}
nav a{text-decoration:none;display:inline-block;padding:.15rem 0}
nav a:hover{text-decoration:underline}

section{margin-top:3.8rem;scroll-margin-top:1rem}
section>h2+p{margin-top:.5rem}
.notices{display:grid;gap:.7rem;margin-top:2rem}
.notice{border-left:3px solid var(--warning);background:var(--panel);padding:.75rem 1rem;border-radius:0 6px 6px 0}
.notice-invalid{border-color:var(--worse)}
.notice-skipped{border-color:var(--quiet)}
.notice h3{font-size:.95rem}
.notice p{margin:.15rem 0 0}
.notice .diagnosis{margin:.3rem 0 0;padding-left:1.1rem;font-size:.92rem}
.diagnosis li{padding:.1rem 0;max-width:60rem}

.card{border:1px solid var(--rule);border-radius:10px;padding:1.4rem 1.5rem .6rem;margin-top:1.4rem}
.card>.quiet{margin:.2rem 0 .8rem}
.findings{list-style:none;margin:0;padding:0}
.findings li{display:grid;grid-template-columns:7.5rem minmax(0,1fr) 9.5rem;gap:.2rem 1.2rem;align-items:center;padding:.65rem 0;border-top:1px solid var(--rule)}
.findings p{margin:0}
.findings .strip{max-width:9.5rem}
.card>summary{color:inherit;font-size:inherit;display:flex;gap:.6rem;padding:0 0 .8rem;width:auto}
.card>summary::before{content:"▸";color:var(--quiet)}
.card[open]>summary::before{content:"▾"}
details.card{padding-top:.9rem;padding-bottom:.1rem;margin-top:.8rem}
.verdict-grid{font-size:.9rem}
.verdict-grid th:first-child{position:sticky;left:0;background:var(--page)}
.verdict-grid th,.verdict-grid td{white-space:nowrap}
.verdict-grid tbody th{white-space:normal;max-width:14rem}
.verdict{font-weight:650;font-size:.9rem;white-space:nowrap}
.verdict-faster{color:var(--better)}
.verdict-slower{color:var(--worse)}
.verdict-equivalent,.verdict-inconclusive{color:var(--quiet)}

.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;padding:0;margin:1rem 0 0;font-size:.9rem}
.legend li{display:flex;align-items:center;gap:.5rem}
.legend svg{flex:none}
.chart .wide svg,.chart .narrow svg,.chart>svg:not(.row-plot){display:block;max-width:100%;height:auto}
.chart svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}

section>h3{margin-top:1.8rem}
figure{margin:1.6rem 0 0;min-width:0}
figcaption{margin-bottom:.7rem}
figcaption .quiet{font-size:.9rem;margin:.1rem 0 0}
.rows{position:relative;display:grid;grid-template-columns:fit-content(13rem) minmax(6rem,1fr) fit-content(19rem);column-gap:.9rem;max-width:62rem;font-size:.86rem;line-height:1.25}
.rows-grid{position:absolute;grid-column:2/3;inset:0;width:100%;height:100%}
.rows-grid line{stroke:var(--rule)}
.row{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:center;position:relative;min-height:1.65rem}
.row:hover{background:color-mix(in srgb,var(--quiet) 9%,transparent)}
.row-name{text-align:right}
.row-plot{display:block;width:100%;height:1.65rem;overflow:visible}
.row-value{white-space:nowrap}
.row-axis{align-items:start}
.row-axis:hover{background:none}
.row-axis>div{grid-column:2}
.row-axis svg{display:block;width:100%;height:1rem;overflow:visible;background:var(--page)}
.row-axis text{font-size:12px;fill:var(--quiet)}
.row-axis p{margin:0;text-align:center;font-size:.76rem;color:var(--quiet);background:var(--page)}
.waterfall{display:grid;grid-template-columns:fit-content(16rem) repeat(var(--paths),minmax(7rem,1fr));column-gap:.9rem;font-size:.82rem;line-height:1.2;min-width:calc(11rem + var(--paths)*7.5rem)}
.waterfall-row{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:center;min-height:1.35rem}
.waterfall-row:hover{background:color-mix(in srgb,var(--quiet) 9%,transparent)}
.waterfall-row .row-plot{grid-column:auto;grid-row:auto;height:1.35rem;border-left:1px solid var(--rule);background:none}
.waterfall-name{text-align:right}
.waterfall-name .quiet{white-space:nowrap}
.waterfall-head{font-weight:600}
.waterfall-total{align-items:start;border-top:1px solid var(--rule);margin-top:.3rem}
.waterfall-axis{display:block;width:100%;height:1rem;overflow:visible}
.waterfall-axis text{font-size:11px;fill:var(--quiet)}
.shares{list-style:none;display:flex;margin:0 0 .3rem;padding:0;color:var(--quiet);font-size:.8rem;gap:.4rem}
.shares li::before{content:"│ "}
.shares li:first-child::before{content:"left to right: "}
h4{margin:1.3rem 0 .5rem;font-size:.92rem;font-weight:600}
h4 .quiet{font-weight:400}
.narrow{display:none}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.2rem 2.4rem}
.grid-small{grid-template-columns:repeat(auto-fill,minmax(min(100%,14rem),1fr));gap:1.8rem 1.4rem}
.grid-middle{grid-template-columns:repeat(auto-fill,minmax(min(100%,18.6rem),1fr));gap:1.8rem 1.4rem}
.grid-middle figure,.grid-small figure{display:grid;grid-template-rows:subgrid;grid-template-columns:minmax(0,1fr);grid-row:span 3;row-gap:0;align-content:start}
.note{font-size:.92rem;color:var(--quiet)}

details{margin-top:.7rem}
summary{cursor:pointer;color:var(--quiet);font-size:.88rem;padding:.2rem 0;width:fit-content;max-width:100%}
summary:hover{color:var(--ink)}
details details{margin-left:1rem}
.scroll{position:relative;overflow-x:auto;margin-top:.6rem;max-width:100%}
table{border-collapse:collapse;font-size:.88rem;line-height:1.4;overflow-wrap:normal}
caption{text-align:left;color:var(--quiet);padding-bottom:.4rem;min-width:min(22rem,80vw)}
th,td{padding:.36rem 1.3rem .36rem 0;text-align:left;vertical-align:top;max-width:26rem}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;border-bottom:1px solid var(--quiet);white-space:nowrap}
tbody th{font-weight:500}
tbody th:not(.n){min-width:6rem}
tbody td:not(.n){min-width:6.5rem}
tbody tr+tr>*{border-top:1px solid var(--rule)}
.n{text-align:right;white-space:nowrap}
.frozen th:first-child{position:sticky;left:0;background:var(--page);z-index:1;max-width:14rem}
.frozen{border-collapse:separate;border-spacing:0}
.frozen .yardstick>*{color:var(--quiet);font-weight:400}
.frozen td.verdict{white-space:normal;min-width:5rem}
.heat th,.heat td{padding:.3rem .55rem}
.heat th:first-child{padding-left:0}
.heat thead th{white-space:normal;min-width:4.4rem}
.heat-faster{--heat:var(--better)}
.heat-slower{--heat:var(--worse)}
.heat-1,.heat-2,.heat-3,.heat-4,.heat-5{background:color-mix(in srgb,var(--heat) calc(var(--depth)*1%),transparent)}
.heat-1{--depth:4}.heat-2{--depth:9}.heat-3{--depth:15}.heat-4{--depth:22}.heat-5{--depth:30}
thead button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}
thead button::after{content:" ↕";color:var(--quiet);font-weight:400}
thead [aria-sort=ascending] button::after{content:" ↑"}
thead [aria-sort=descending] button::after{content:" ↓"}
.filter{display:block;margin-top:.8rem;color:var(--quiet);font-size:.88rem}
.filter input{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--quiet);border-radius:5px;padding:.15rem .5rem}
[hidden]{display:none}
.fails{color:var(--worse);font-weight:650}

.topology{display:block;width:100%;height:auto}
.topology text{font:12px system-ui,sans-serif;fill:var(--ink);text-anchor:middle}
.topology .namespace{fill:var(--panel);stroke:var(--rule)}
.topology .namespace-name{text-anchor:start;font-weight:650}
.topology .part{text-anchor:end;fill:var(--quiet)}
.topology .device,.topology .stack{fill:var(--page);stroke:var(--quiet)}
.topology .stack-left-out{stroke:var(--rule);stroke-dasharray:3 3;fill:none}
.topology .stack-left-out+.stack-name{fill:var(--quiet);text-decoration:line-through}
.topology .device-name,.topology .address{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.topology .device-name{font-size:11.5px;font-weight:600}
.topology .address{font-size:10.5px;fill:var(--quiet)}
.topology .program{fill:var(--page);stroke:var(--way);stroke-width:1.8}
.topology .program-name{font-size:11.5px;font-weight:600;fill:var(--way)}
.topology .link{fill:none;stroke:var(--quiet);stroke-width:1}
.topology .way{fill:none;stroke:var(--way);stroke-width:3.5;stroke-linejoin:round}
.topology .way-reply{stroke-width:2.6;stroke-dasharray:7 4}
.topology .way-likewise{stroke-width:1.3}
.topology .way-reply.way-likewise{stroke-dasharray:4 3}
.topology .arrow{fill:var(--way)}
.topology.topology-swatch{width:34px}
.topology .port-program{text-anchor:start;font-size:10px;fill:var(--way)}
.topology .bar{fill:var(--band)}
.topology .bar-name{font-size:11.5px;font-weight:600}

dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.9rem 2rem;margin:1rem 0 0}
dl.facts dt{color:var(--quiet);font-size:.86rem}
dl.facts dd{margin:0;overflow-wrap:anywhere}
dl.steps{margin:1rem 0 0;display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.7rem 1.6rem}
dl.steps dt{font-weight:600}
dl.steps dd{margin:0;max-width:44rem}
.phases{display:flex;height:1rem;border-radius:3px;overflow:hidden;margin-top:1rem;gap:1px}
.phases span{background:var(--quiet);min-width:1px}
.phases .phase-measuring{background:var(--candidate1)}
ul.plain{padding-left:1.1rem;margin:.3rem 0}
pre{background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:.9rem 1.1rem;overflow-x:auto;overflow-wrap:normal;line-height:1.5;margin:.9rem 0 0}
footer{margin-top:4rem;padding-bottom:3rem;color:var(--quiet);font-size:.86rem}

@media screen and (max-width:44rem){
main,header,footer,nav{padding-inline:1.1rem}
header{padding-top:1.8rem}
header .lead{font-size:1.06rem}
.card{padding:1.1rem 1rem .3rem}
.findings li{grid-template-columns:minmax(0,1fr) 7rem}
.findings p{grid-column:1/-1}
.findings .verdict{grid-row:1}
.findings .strip{max-width:7rem;grid-row:1}
.verdict-grid{font-size:.8rem}
.verdict-grid th,.verdict-grid td{padding-right:.55rem}
.verdict-grid thead th{white-space:normal;vertical-align:bottom}
.verdict-grid tbody th{min-width:5.2rem}
.verdict-grid tbody td:not(.n){min-width:0}
.verdict-grid .verdict-word{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.wide{display:none}
.narrow{display:block}
.rows{grid-template-columns:minmax(0,1fr) auto;row-gap:.25rem}
.rows-grid{display:none}
.row-name{text-align:left}
.row-value{text-align:right}
.row-plot,.row-axis>div{grid-column:1/-1}
.row-plot{grid-row:2;background:linear-gradient(var(--rule),var(--rule)) 0 50%/100% 1px no-repeat}
.row-name:nth-child(1){grid-row:1}
.row-value{grid-row:1}
.frozen th:first-child{max-width:8rem}
dl.steps{grid-template-columns:1fr;gap:.1rem}
dl.steps dd{margin-bottom:.8rem}
}
@media print{
@page{margin:16mm}
p,li,dd{orphans:3;widows:3}
:root{--page:#fff;font-size:11.5px}
.grid-small{grid-template-columns:repeat(4,minmax(0,1fr))}
.topology{max-width:13rem}
nav,#numbers:not(:has(details[open])){display:none}
header{padding-top:0}
main,header,footer{max-width:none;padding:0}
section{margin-top:2rem}
figure:not(:has(.rows+h4)),.rows,.row,section:has(>.grid-small,>.grid-middle),.findings li,.notice,tr,svg,.facts>div{break-inside:avoid}
thead button::after{content:none}
.filter{display:none}
h2,h3,h4,figcaption,caption,thead,section>p:not(.note),.legend,.card>.quiet{break-after:avoid}
details:not([open],.card,.proof)>summary{display:none}
.scroll{overflow:visible}
}
`

const compact = (css: string): string => css.replaceAll('\n', '')

/** The whole style sheet, colours of the palette included. */
export const styleSheet = compact(
  `:root{color-scheme:light dark;${variables('light')}}` +
    `@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}${rules}`,
)
