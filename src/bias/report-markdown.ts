import type { Card, ShownThreshold } from './cards/card.ts';
import { estimateText } from './cards/estimate-text.ts';
import type { BiasReport } from './make-report.ts';
import { isEstimate } from './report-figures.ts';

type Tree = Readonly<Record<string, unknown>>;

const TITLES: Readonly<Record<BiasReport['kind'], string>> = {
  SELECTION: 'Selection: does it look like the world it will be used in?',
  MEASUREMENT: 'Measurement: do images differ by who, what or when took them?',
  ASSOCIATION: 'Association: could the label be guessed without looking at the image?',
  ATTRITION: 'Attrition: did leaving images out change what the dataset says?',
  SPLIT: 'Split: is the test set a fair and separate exam?',
  AGREEMENT: 'Agreement: how far do annotators agree?',
  SHAPES: 'Shapes: how far do annotators agree on where things are?',
  RATERS: 'Raters: who among them is systematically different?',
};
const ORIGINS: Readonly<Record<ShownThreshold['origin'], string>> = {
  SEEN: 'seen at the source',
  MEMORY: 'from memory of a standard work',
  CONVENTION: 'a convention of this project',
  DATASET: 'set by the dataset',
};
/** What the frame says already, and what only machines read. */
const UNTOLD = new Set([
  'cards',
  'request',
  'selection',
  'kind',
  'seed',
  'colour',
  'specificationVersion',
  'target',
]);

/** A report as a page of Markdown: its subject, its cards, then every table. The same report gives the same page. */
export function reportMarkdown(report: BiasReport): string {
  const { request } = report;
  const facts = [
    ['Dataset', `${request.slug}, revision ${request.revision}`],
    ['Snapshot', request.snapshot],
    ['Split', request.split && `${request.split.name} (${request.split.digest})`],
    ['Part', request.part],
    [
      'Target',
      request.target && `${request.target.name}: ${request.target.source} ${request.target.dated ?? ''}`,
    ],
    [
      'Compared with',
      request.reference && `${request.reference.slug}, revision ${request.reference.revision}`,
    ],
    [
      'Images',
      `${report.imageCount} in ${report.unitCount} units; of ${report.imagesOfUnknownUnit} the unit is unknown`,
    ],
    ['Made by', `${request.engine}, ${request.specification}, seed "${report.seed}"`],
  ].filter(([, value]) => value);
  const tables = Object.entries(report).filter(([name]) => !UNTOLD.has(name));
  return [
    `# ${TITLES[report.kind]}`,
    facts.map(([name, value]) => `- ${name}: ${value}`).join('\n'),
    ...report.cards.map(cardText),
    ...tables.flatMap(([name, value]) => sections(heading(name), value, 2)),
    '',
  ].join('\n\n');
}

function cardText(card: Card): string {
  const { threshold, headline } = card;
  const limits = threshold.limits.map(
    ({ worse, amber, red }) =>
      `${worse === 'ABOVE' ? 'from' : 'below'} ${amber} amber, ${worse === 'ABOVE' ? 'from' : 'below'} ${red} red`,
  );
  const lines = [
    `**${card.colour}** (${card.certainty.toLowerCase()}): ${card.sentence}`,
    `- Effect: ${estimateText(headline)}, ${headline.method}${headline.interval ? `, ${headline.interval.method}` : ''}`,
    `- Rests on ${card.imageCount} images of ${card.unitCount} units`,
    `- Thresholds: ${limits.join('; ')} (${ORIGINS[threshold.origin]}: ${threshold.source})`,
    ...(card.unitsNeeded === null ? [] : [`- What would change this: about ${card.unitsNeeded} units`]),
    ...card.caveats.map(({ sentence }) => `- ${sentence}`),
  ];
  return `## ${heading(card.kind.toLowerCase().replaceAll('_', ' '))}\n\n${lines.join('\n')}`;
}

function sections(title: string, value: unknown, depth: number): string[] {
  if (isRows(value)) {
    const columns = [...new Set(value.flatMap((row) => Object.keys(row)))].filter((name) =>
      value.some((row) => cellOf(row[name])),
    );
    const head = `| ${columns.map(heading).join(' | ')} |\n|${columns.map(() => '---|').join('')}`;
    const body = value.map((row) => `| ${columns.map((name) => cellOf(row[name]) ?? '').join(' | ')} |`);
    const inner = value.flatMap((row, index) =>
      Object.entries(row).flatMap(([name, member]) =>
        isRows(member) ? sections(`${title}, ${rowName(row) ?? index + 1}: ${name}`, member, depth + 1) : [],
      ),
    );
    return [`${'#'.repeat(Math.min(6, depth))} ${title}`, [head, ...body].join('\n'), ...inner];
  }
  const cell = cellOf(value);
  if (cell !== null) return cell === '' ? [] : [`- ${title}: ${cell}`];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const members = Object.entries(value).filter(([name]) => !UNTOLD.has(name));
  return [
    `${'#'.repeat(Math.min(6, depth))} ${title}`,
    ...members.flatMap(([name, member]) => sections(heading(name), member, depth + 1)),
  ];
}

function rowName(row: Tree): string | null {
  const named = ['name', 'factor', 'measure', 'level', 'label', 'rater'].flatMap((name) =>
    typeof row[name] === 'string' ? [row[name]] : [],
  );
  return named.length === 0 ? null : named.join(' ');
}

/** What fits into one cell: plain values, a figure with its interval or its reason, a verdict; else null. */
function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  if (Array.isArray(value))
    return value.every((item) => typeof item !== 'object') ? value.map(cellOf).join(', ') : null;
  if (isEstimate(value)) return estimateText(value).replaceAll('|', '\\|');
  const { colour, certainty } = value as { colour?: string; certainty?: string };
  return colour && certainty ? `${colour} ${certainty.toLowerCase()}` : null;
}

function heading(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('|', '\\|');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const isRows = (value: unknown): value is Tree[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
