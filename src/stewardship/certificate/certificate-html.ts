import { escapeXml } from '../../kernel/escape-xml.ts';
import { sha256 } from '../../kernel/sha256.ts';
import type { CertificatePage } from './certificate-page.ts';
import { figureText } from './certified-figure.ts';
import type { Cell, PageSection, PageTable } from './page-parts.ts';

/** Colours never speak alone: the word stands beside them. Paper has no scroll bars, so tables wrap there. */
const STYLE = `
:root{--ink:#1b1f23;--soft:#57606a;--line:#d0d7de;--red:#a40e26;--amber:#7d4e00;--green:#116329;--grey:#57606a}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:var(--ink);background:#fff;max-width:70rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
.verdict{border:1px solid;border-left-width:.6rem;border-radius:.25rem;padding:.8rem 1rem;margin:0 0 1rem}
.verdict p{margin:.4rem 0 0;color:var(--ink)}
.verdict p:first-child{margin:0;font-size:1.15rem;font-weight:700;color:inherit}
.RED{color:var(--red)}.AMBER{color:var(--amber)}.GREEN{color:var(--green)}.GREY{color:var(--grey)}
.word{font-weight:700}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.8rem 0}
dt{color:var(--soft)}
dd{margin:0;min-width:0}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;min-width:min(100%,30rem);font-size:.875rem;overflow-wrap:normal}
caption{text-align:left;font-weight:700;padding:.3rem 0;caption-side:top}
th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}
td{overflow-wrap:break-word;min-width:5rem}
td.text{min-width:8rem}
td.long{min-width:16rem}
td.figure{font-variant-numeric:tabular-nums}
td.whole{white-space:nowrap}
small{display:block;color:var(--soft);white-space:nowrap}
.note{color:var(--soft);font-size:.9rem;max-width:48rem}
@media (max-width:40rem){td.long{min-width:13rem}dl{display:block}dt{margin-top:.5rem}}
@media print{@page{margin:14mm}body{max-width:none;padding:0;font-size:10pt}.scroll{overflow:visible}table{font-size:8pt}td,td.text,td.long{min-width:0}td.text,td.long{overflow-wrap:anywhere}.note{font-size:9pt;max-width:none}thead{break-after:avoid}td.whole{white-space:normal}small{white-space:normal}tr,.verdict{break-inside:avoid}h2{break-after:avoid}}
`;

/** What a Content-Security-Policy allows of the page: its one style sheet, by its hash, and nothing else. */
export const PAGE_STYLE = `'sha256-${sha256(STYLE).toString('base64')}'`;

/** A certificate as a page that needs no script, no font and no other file; what people wrote is escaped, all of it. */
export function certificateHtml({ title, colour, heading, statements, sections }: CertificatePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeXml(title)}</h1>
<div class="verdict ${colour}">
<p>${colour}: ${escapeXml(heading)}.</p>
${statements.map((text) => `<p>${escapeXml(text)}</p>`).join('\n')}
</div>
${sections.map(sectionHtml).join('\n')}
</main>
</body>
</html>
`;
}

function sectionHtml({ title, notes, facts, tables }: PageSection): string {
  return [
    `<section>\n<h2>${escapeXml(title)}</h2>`,
    ...(facts.length === 0
      ? []
      : [
          `<dl>\n${facts.map(([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`).join('\n')}\n</dl>`,
        ]),
    ...tables.map(tableHtml),
    ...notes.map((text) => `<p class="note">${escapeXml(text)}</p>`),
    '</section>',
  ].join('\n');
}

function tableHtml({ caption, columns, rows, left }: PageTable): string {
  const head = columns.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`).join('\n');
  const more =
    left > 0
      ? `\n<p class="note">${left} more rows are left out here; the JSON has what is kept of them.</p>`
      : '';
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeXml(caption)}"><table>\n<caption>${escapeXml(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>${more}`;
}

function cellHtml(cell: Cell): string {
  if (typeof cell === 'string') {
    const width = cell.length > 60 ? ' class="long"' : cell.length > 12 ? ' class="text"' : '';
    return `<td${width}>${escapeXml(cell)}</td>`;
  }
  if ('colour' in cell)
    return `<td><span class="word ${cell.colour}">${cell.colour}</span> <small>${escapeXml(cell.text)}</small></td>`;
  return `<td class="figure${cell.interval ? ' whole' : ''}">${escapeXml(figureText(cell))} <small>n = ${cell.images} / ${cell.units}</small></td>`;
}
