import { PLANTED, STRENGTHS } from './biased.ts';
import type { Covered } from './coverage.ts';
import type { Coloured } from './quiet.ts';
import { SIMULATED_REPORTS } from './reports.ts';
import type { Results } from './tasks.ts';

/** What the specification promises of an interval, in per cent: 95 ± 2. */
const HONEST = { least: 93, most: 97 };
/** Of what is meant to miss: the interval for independent images, for comparison. */
const COMPARISON = '…';

export function reportOf(results: Results): string {
  return [
    '### Intervals',
    '',
    `Per cent of ${span(results.coverage.map(({ replicates }) => replicates))} samples of each size.`,
    '',
    coverageTable(results.coverage),
    '',
    '### Nothing to find',
    '',
    `Per cent of ${span(results.quiet.map(datasetsOf))} datasets of each size.`,
    '',
    quietTable(results.quiet),
    '',
    '### Something to find',
    '',
    `Per cent of ${span(results.biased.map(({ datasets }) => datasets))} datasets of each size and strength: found (red / grey).`,
    '',
    biasedTable(results),
  ].join('\n');
}

const datasetsOf = ({ RED, AMBER, GREY, GREEN }: Coloured) => RED + AMBER + GREY + GREEN;

/** `50 to 200`: reports of splits are fewer than the others. */
function span(counts: readonly number[]): string {
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  return fewest === most ? `${most}` : `${fewest} (split) to ${most}`;
}

/** Per cent of the intervals there are that held the truth. */
export function achieved({ held, none, replicates }: Covered): number {
  return (100 * held) / (replicates - none);
}

/** Bold: outside 93 to 97. */
function coverageTable(rows: readonly Covered[]): string {
  const units = distinct(rows.map((row) => row.units)).sort((a, b) => a - b);
  const lines = distinct(rows.map(({ figure }) => figure)).map((figure) => {
    const cells = units.map((count) => {
      const row = rows.find((one) => one.figure === figure && one.units === count)!;
      const share = achieved(row);
      const honest = share >= HONEST.least && share <= HONEST.most;
      const text = share.toFixed(1);
      return honest || figure.startsWith(COMPARISON) ? text : `**${text}**`;
    });
    return [figure, ...cells];
  });
  return markdown(['figure', ...units.map((count) => `${count} units`)], lines);
}

function quietTable(rows: readonly Coloured[]): string {
  const ordered = rows.toSorted(
    (a, b) => SIMULATED_REPORTS.indexOf(a.report) - SIMULATED_REPORTS.indexOf(b.report),
  );
  const units = distinct(ordered.map((row) => row.units)).sort((a, b) => a - b);
  const lines = distinct(ordered.map(({ card }) => card)).map((card) => {
    const cells = units.map((count) => {
      const row = ordered.find((one) => one.card === card && one.units === count)!;
      const all = datasetsOf(row);
      const per = (part: number) => ((100 * part) / all).toFixed(0);
      const text = `${per(row.RED)} / ${per(row.AMBER)} / ${per(row.GREY)}`;
      return row.RED + row.AMBER <= 0.05 * all ? text : `**${text}**`;
    });
    return [card, ...cells];
  });
  return markdown(['card: red / amber / grey', ...units.map((count) => `${count} units`)], lines);
}

function biasedTable({ biased }: Results): string {
  const units = distinct(biased.map((row) => row.units)).sort((a, b) => a - b);
  const lines = PLANTED.flatMap(({ what, card, sizes }, place) =>
    STRENGTHS.map((strength) => {
      const cells = units.map((count) => {
        const row = biased.find(
          (one) => one.planted === place && one.strength === strength && one.units === count,
        )!;
        const per = (part: number) => ((100 * part) / row.datasets).toFixed(0);
        return `${per(row.found)} (${per(row.red)} / ${per(row.grey)})`;
      });
      return [card, what, `${sizes[strength]}`, ...cells];
    }),
  );
  return markdown(['card', 'what was put in', 'size', ...units.map((count) => `${count} units`)], lines);
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(head), `|${'---|'.repeat(head.length)}`, ...lines.map(row)].join('\n');
}
