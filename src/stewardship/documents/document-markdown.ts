import { completenessText, headingFacts, READING, sectionsOf, UNANSWERED } from './document-text.ts';
import type { AnsweredItem, GovernanceDocument } from './governance-document.ts';

/** A document as Markdown (CommonMark); what people wrote stands there as text and never as markup. */
export function documentMarkdown(document: GovernanceDocument, digest: string): string {
  const blocks = [
    `# ${escaped(document.title)}`,
    `**${escaped(completenessText(document))}**`,
    headingFacts(document, digest)
      .map(([name, value]) => `- ${escaped(name)}: ${escaped(value)}`)
      .join('\n'),
    escaped(READING),
    ...sectionsOf(document.items).flatMap(({ title, items }) => [
      `## ${escaped(title)}`,
      ...items.flatMap(itemText),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function itemText({ number, question, kind, facts, human, asked }: AnsweredItem): string[] {
  return [
    `### ${escaped(number)} · ${escaped(question)}`,
    ...(facts.length === 0
      ? []
      : [facts.map(({ code, text, basis }) => `- ${code}: ${escaped(text)} (${escaped(basis)})`).join('\n')]),
    ...(human === null
      ? []
      : [`${quotedLines(human.text)}\n>\n> (H: written by people, since revision ${human.since})`]),
    ...(asked === null ? [] : [`${kind === 'UNANSWERED' ? `**${UNANSWERED}** ` : ''}${escaped(asked)}`]),
  ];
}

const quotedLines = (text: string) =>
  text
    .split(/\r\n|[\r\n]/)
    .map((line) => (line.trim() === '' ? '>' : `> ${escaped(line)}`))
    .join('\n');

/** On one line, and without a character that Markdown, or HTML within it, would read. */
function escaped(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]#|~]/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
