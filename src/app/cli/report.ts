import { type DatasetReports, type ReportKind, readReports } from '../client/read-reports.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';

type Tree = Readonly<Record<string, unknown>>;

export async function report(
  reference: string,
  options: AccessOptions & { kind: ReportKind | 'all' },
): Promise<void> {
  const reports = await readReports(await accessOf(options), reference, options.kind);
  if (options.json) printJson(reports);
  else printReports(reports);
}

function printReports({ digest, dataset }: DatasetReports): void {
  const { slug, revision, ...reports } = dataset;
  print(`${slug} at revision ${revision}${digest === null ? '' : `  ${digest}`}`);
  for (const [name, value] of Object.entries(reports)) {
    print(`\n== ${name}`);
    if (isRows(value)) printRows(name, value);
    else if (isTree(value)) printTree(value);
  }
}

/** First the cards, then figures that stand alone, then each list as a table. */
function printTree(tree: Tree): void {
  for (const { colour, certainty, sentence, caveats } of (tree.cards ?? []) as Card[]) {
    print(`${colour} (${certainty})  ${sentence}`);
    for (const caveat of caveats) print(`    ${caveat.sentence}`);
  }
  for (const [name, value] of Object.entries(tree)) {
    if (name === 'cards' || name === '__typename') continue;
    const text = cellOf(value);
    if (text !== null && text !== '') print(`${name}: ${text}`);
    else if (isRows(value)) printRows(name, value);
    else if (isTree(value)) {
      print(`\n-- ${name}`);
      printTree(value);
    }
  }
}

/** A column that fits into cells, and does not say of every row that there is nothing to say. */
function isTelling(name: string, rows: readonly Tree[]): boolean {
  const cells = rows.map((row) => cellOf(row[name]));
  return cells.some((cell) => cell !== null && cell !== '' && !cell.startsWith('NOT_APPLICABLE'));
}

interface Card {
  readonly colour: string;
  readonly certainty: string;
  readonly sentence: string;
  readonly caveats: readonly { readonly sentence: string }[];
}

function printRows(title: string, rows: readonly Tree[]): void {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== '__typename' && isTelling(name, rows));
  print(`\n-- ${title}`);
  printTable(
    columns,
    rows.map((row) => columns.map((name) => cellOf(row[name]) ?? '')),
  );
  for (const row of rows) {
    const own = String(row.name ?? row.label ?? row.rater ?? row[columns[0] ?? ''] ?? '');
    for (const [name, value] of Object.entries(row)) {
      if (cellOf(value) !== null) continue;
      if (isRows(value)) printRows(`${title} ${own}: ${name}`, value);
      else if (isTree(value)) {
        print(`\n-- ${title} ${own}: ${name}`);
        printTree(value);
      }
    }
  }
}

/** What fits into one cell: plain values, a figure with its interval or its reason, a verdict. Else null. */
function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return rounded(value);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.every((item) => typeof item !== 'object') ? value.join(', ') : null;
  const tree = value as Tree;
  if ('value' in tree && 'status' in tree) return estimateText(tree as unknown as Figure);
  if ('count' in tree && 'status' in tree) return String(tree.count ?? tree.reason);
  if ('colour' in tree && 'certainty' in tree && !('sentence' in tree))
    return `${tree.colour} ${tree.certainty}`;
  return null;
}

interface Figure {
  readonly value: number | null;
  readonly status: string;
  readonly reason: string | null;
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

function estimateText({ value, status, reason, interval }: Figure): string {
  if (value === null) return `${status}${reason === null ? '' : `: ${reason}`}`;
  if (interval === null) return rounded(value);
  return `${rounded(value)} [${rounded(interval.lower)}, ${rounded(interval.upper)}]`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRows = (value: unknown): value is Tree[] =>
  Array.isArray(value) && value.length > 0 && value.every(isTree);
