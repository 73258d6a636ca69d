import { escapeXml } from '../../kernel/escape-xml.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { completenessText, headingFacts, READING, sectionsOf, UNANSWERED } from './document-text.ts';
import type { AnsweredItem, GovernanceDocument } from './governance-document.ts';

const STYLE = `
:root{--ink:#1b1f23;--soft:#57606a;--line:#d0d7de;--open:#7d4e00;--paper:#f6f8fa}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,"Segoe UI","DejaVu Sans",sans-serif;color:var(--ink);background:#fff;max-width:56rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.2rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:0 0 .3rem}
.count{border:1px solid var(--line);border-left:.6rem solid var(--soft);border-radius:.25rem;padding:.7rem 1rem;margin:0 0 1rem;font-weight:700}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.8rem 0}
dt{color:var(--soft)}
dd{margin:0;min-width:0}
article{padding:.8rem 0;border-bottom:1px solid var(--line)}
.number{color:var(--soft);margin-right:.5rem}
ul{margin:.2rem 0;padding:0;list-style:none}
ul li{margin:.25rem 0;padding-left:1.9rem;position:relative}
.code{position:absolute;left:0;top:.15rem;width:1.4rem;text-align:center;font-size:.75rem;font-weight:700;border:1px solid var(--line);border-radius:.2rem;color:var(--soft)}
small{color:var(--soft);font-size:.8rem}
blockquote{margin:.5rem 0;padding:.4rem 1rem;border-left:.3rem solid var(--line);background:var(--paper)}
blockquote p{margin:.3rem 0;white-space:pre-wrap}
.open{color:var(--open);margin:.3rem 0}
.open b{display:block}
.note{color:var(--soft);font-size:.9rem}
nav ol{columns:2 16rem;padding-left:1.2rem;margin:.5rem 0}
@media (max-width:40rem){dl{display:block}dt{margin-top:.5rem}}
@media print{@page{margin:14mm}body{max-width:none;padding:0;font-size:10pt}article,blockquote{break-inside:avoid}h2,h3{break-after:avoid}nav{display:none}}
`;

/** What a Content-Security-Policy allows of the page: its one style sheet, by its hash, and nothing else. */
export const DOCUMENT_STYLE = `'sha256-${sha256(STYLE).toString('base64')}'`;

/** A document as a page that needs no script, no font and no other file; what people wrote is escaped, all of it. */
export function documentHtml(document: GovernanceDocument, digest: string): string {
  const sections = sectionsOf(document.items);
  const facts = headingFacts(document, digest).map(
    ([name, value]) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`,
  );
  const contents = sections.map(
    ({ title, items }, index) =>
      `<li><a href="#s${index}">${escapeXml(title)}</a> <small>${items.filter(({ asked }) => asked === null).length} of ${items.length}</small></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(document.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeXml(document.title)}</h1>
<p class="count">${escapeXml(completenessText(document))}</p>
<dl>
${facts.join('\n')}
</dl>
<p class="note">${escapeXml(READING)}</p>
<nav aria-label="Sections"><ol>
${contents.join('\n')}
</ol></nav>
${sections.map(({ title, items }, index) => `<section id="s${index}">\n<h2>${escapeXml(title)}</h2>\n${items.map(itemHtml).join('\n')}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}

function itemHtml({ number, question, kind, facts, human, asked }: AnsweredItem): string {
  const lines = facts.map(
    ({ code, text, basis }) =>
      `<li><span class="code">${code}</span>${escapeXml(text)} <small>(${escapeXml(basis)})</small></li>`,
  );
  return [
    '<article>',
    `<h3><span class="number">${escapeXml(number)}</span>${escapeXml(question)}</h3>`,
    ...(lines.length === 0 ? [] : [`<ul>\n${lines.join('\n')}\n</ul>`]),
    ...(human === null
      ? []
      : [
          `<blockquote><p>${escapeXml(human.text)}</p><small>(H: written by people, since revision ${human.since})</small></blockquote>`,
        ]),
    ...(asked === null
      ? []
      : [`<p class="open">${kind === 'UNANSWERED' ? `<b>${UNANSWERED}</b>` : ''}${escapeXml(asked)}</p>`]),
    '</article>',
  ].join('\n');
}
