import type { Estimate } from '../statistics/estimate.ts';
import type { RunReport } from './run-report.ts';
import type { ModelRanks } from './run-report-ranks.ts';

const F_REASONS: Readonly<Record<NonNullable<ModelRanks['fReason']>, string>> = {
  SAME_RANKING_EVERYWHERE:
    'Every dataset ranks the models the same, so F has no value: SAME_RANKING_EVERYWHERE.',
};

/** The report as a page of Markdown. */
export function runReportMarkdown(report: RunReport): string {
  const { card, models, pairs, ranks, ranksReason } = report;
  const direction = report.isGreaterBetter ? 'more is better' : 'less is better';
  const lines = [
    `# Runs: ${report.metric} on ${report.part} (${direction})`,
    '',
    `**${card.colour}**: ${card.sentence}`,
    '',
    `What would change this: ${card.wouldChange}`,
    '',
    ...card.caveats.map((caveat) => `- ${caveat}`),
    '',
    '## Models',
    '',
    '| model | snapshot | runs | varied | mean | sd | smallest | largest | error of the test images |',
    '|---|---|---|---|---|---|---|---|---|',
    ...models.map(({ model, snapshot, spread, testSampling }) =>
      row([
        ...[model, snapshot.slice(0, 19), String(spread.runs), spread.varied],
        ...[
          figure(spread.mean),
          figure(spread.standardDeviation),
          shown(spread.smallest),
          shown(spread.largest),
        ],
        testSampling === null ? 'unknown' : figure(testSampling),
      ]),
    ),
    '',
    ...models.map(({ sentence }) => `- ${sentence}`),
  ];
  if (pairs.length > 0) {
    lines.push(
      '',
      '## Pairs',
      '',
      '| better | worse | paired | difference | q | pairs won | detectable | colour |',
    );
    lines.push('|---|---|---|---|---|---|---|---|');
    for (const { better, worse, isPaired, difference, winShare, detectable, colour } of pairs)
      lines.push(
        row([
          ...[better, worse, isPaired ? 'yes' : 'no', figure(difference)],
          difference.q === null ? '' : shown(difference.q),
          ...[winShare, detectable].map((one) => (one === null ? '' : figure(one))),
          colour,
        ]),
      );
    lines.push('', ...pairs.map(({ sentence }) => `- ${sentence}`));
  }
  if (ranks !== null) {
    const { modelNames, meanRanks, datasets, criticalDifference, leftOut } = ranks;
    const { f, fTies, fDegreesOfFreedom, pF, fReason } = ranks;
    lines.push('', `## Ranks over ${datasets} datasets`, '');
    lines.push(...modelNames.map((name, index) => `- ${name}: mean rank ${shown(meanRanks[index]!)}`));
    lines.push(`- Mean ranks nearer than ${shown(criticalDifference)} cannot be told apart (Nemenyi).`);
    const ties = fTies === null || fTies === f ? '' : ` (corrected for ties ${shown(fTies)})`;
    if (f !== null && pF !== null)
      lines.push(`- F(${fDegreesOfFreedom.join(', ')}) = ${shown(f)}${ties}; p = ${shown(pF)}.`);
    if (fReason !== null) lines.push(`- ${F_REASONS[fReason]}`);
    if (leftOut > 0) lines.push(`- ${leftOut} datasets on which some model has not run are left out.`);
  } else if (ranksReason !== null) lines.push('', `Ranks over datasets: ${ranksReason}.`);
  return `${lines.join('\n')}\n`;
}

/** One row a model and a pair, with every figure's interval, count, status and method. */
export function runReportCsv(report: RunReport): string {
  const head = [
    'kind',
    'snapshot',
    'model',
    'other',
    'figure',
    'value',
    'lower',
    'upper',
    'p',
    'q',
    'n',
    'status',
    'reason',
    'method',
  ];
  const figureRow = (kind: string, names: readonly string[], name: string, one: Estimate) => [
    ...[kind, ...names, name, text(one.value), text(one.interval?.lower), text(one.interval?.upper)],
    ...[text(one.p), text(one.q), String(one.unitCount), one.status, one.reason ?? '', one.method],
  ];
  const rows = [
    head,
    ...report.models.flatMap(({ model, snapshot, spread, testSampling, components }) => {
      const figures: [string, Estimate | null][] = [
        ['mean', spread.mean],
        ['standardDeviation', spread.standardDeviation],
        ['testSampling', testSampling],
        ['seedVariance', components.seedVariance],
        ['foldVariance', components.foldVariance],
        ['residualVariance', components.residualVariance],
      ];
      return figures.flatMap(([name, one]) =>
        one === null ? [] : [figureRow('model', [snapshot, model, ''], name, one)],
      );
    }),
    ...report.pairs.flatMap(
      ({ snapshot, better, worse, difference, winShare, detectable, detectableFloor }) => {
        const figures: [string, Estimate | null][] = [
          ['difference', difference],
          ['winShare', winShare],
          ['detectable', detectable],
          ['detectableFloor', detectableFloor],
        ];
        return figures.flatMap(([name, one]) =>
          one === null ? [] : [figureRow('pair', [snapshot, better, worse], name, one)],
        );
      },
    ),
  ];
  return rows.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

/** A figure with its interval, or why there is none. */
function figure({ value, interval, reason, status }: Estimate): string {
  if (value === null) return reason ?? status;
  const range =
    interval === null
      ? reason
        ? ` (${reason})`
        : ''
      : ` [${shown(interval.lower)}, ${shown(interval.upper)}]`;
  return `${shown(value)}${range}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** RFC 4180. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const shown = (value: number) => String(Number(value.toPrecision(4)));
const text = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : String(value);
