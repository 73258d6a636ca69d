import type { CertificatePage } from './certificate-page.ts';
import { figureText } from './certified-figure.ts';
import type { Cell, PageSection, PageTable } from './page-parts.ts';

/** A certificate as Markdown (CommonMark with tables); what people wrote stands there as text and never as markup. */
export function certificateMarkdown(page: CertificatePage): string {
  const blocks = [
    `# ${escaped(page.title)}`,
    `> **${page.colour}: ${escaped(page.heading)}.**${page.statements.map((text) => `\n>\n> ${escaped(text)}`).join('')}`,
    ...page.sections.flatMap(sectionText),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function sectionText({ title, notes, facts, tables }: PageSection): string[] {
  return [
    `## ${escaped(title)}`,
    ...(facts.length === 0
      ? []
      : [facts.map(([name, value]) => `- ${escaped(name)}: ${escaped(value)}`).join('\n')]),
    ...tables.flatMap(tableText),
    ...notes.map(escaped),
  ];
}

function tableText({ caption, columns, rows, left }: PageTable): string[] {
  const lines = [columns.map(escaped), columns.map(() => '---'), ...rows.map((row) => row.map(cellText))];
  return [
    `### ${escaped(caption)}`,
    lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...(left > 0 ? [`${left} more rows are left out here; the JSON has what is kept of them.`] : []),
  ];
}

function cellText(cell: Cell): string {
  if (typeof cell === 'string') return escaped(cell);
  if ('colour' in cell) return `**${cell.colour}** ${escaped(cell.text)}`;
  return `${escaped(figureText(cell))}; n = ${cell.images} / ${cell.units}`;
}

/** On one line, and without a character that Markdown, or HTML within it, would read. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
