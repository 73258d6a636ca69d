import { type ContingencyTable, margins } from './contingency-table.ts';
import type { Estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { jackknife } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { jackknifeInterval, NON_NEGATIVE, SHARE } from './jackknife-interval.ts';

/** `millerMadow` in nats; `normalized` = I/√(H_r H_c); `theilU` = I/H_label. */
export interface MutualInformation {
  readonly millerMadow: Estimate;
  readonly normalized: Estimate;
  readonly theilU: Estimate;
}

interface Figures {
  readonly plain: Figure;
  readonly corrected: Figure;
  readonly normalized: Figure;
  readonly theilU: Figure;
}

/**
 * I = Σ p_ij ln(p_ij/(p_i p_j)) in nats, less its Miller–Madow bias (r−1)(c−1)/(2N), floored at 0; Theil's U is the
 * share of the label's (row's) uncertainty that the attribute (column) removes, range [0, 1]. Interval of I: jackknife
 * lower limit of the corrected, upper limit of the plain. A label or attribute without variation: UNDEFINED.
 * Miller 1955; Theil 1970, American Journal of Sociology 76:103.
 */
export function mutualInformation(table: ContingencyTable): MutualInformation {
  const { columns, imageCount, unitCount } = table;
  const [corrected, plain] = jackknife(table, (cells) => {
    const replicate = figures(cells, columns);
    return [replicate.corrected.value, replicate.plain.value];
  });
  const low = corrected ? jackknifeInterval(corrected, NON_NEGATIVE) : null;
  const high = plain ? jackknifeInterval(plain, NON_NEGATIVE) : null;
  const basis = { imageCount, unitCount, method: 'mutual information, Miller–Madow' };
  const interval = low && high && { ...high, lower: low.lower };
  const share = (method: string, pick: (all: Figures) => Figure) =>
    jackknifeEstimate(table, (cells) => pick(figures(cells, columns)), { method, range: SHARE });
  return {
    millerMadow: estimateWithInterval(figures(table.total, columns).corrected, interval, basis),
    normalized: share('normalized mutual information', (all) => all.normalized),
    theilU: share('Theil U of the label given the attribute', (all) => all.theilU),
  };
}

function figures(cells: readonly number[], columnCount: number): Figures {
  const sums = margins(cells, columnCount);
  const n = sums.total;
  if (n === 0) return all(noFigure('EMPTY', 'NO_IMAGE'));
  let information = 0;
  cells.forEach((count, cell) => {
    if (count === 0) return;
    const column = cell % columnCount;
    const row = (cell - column) / columnCount;
    information += (count / n) * Math.log((count * n) / (sums.rows[row]! * sums.columns[column]!));
  });
  const [label, attribute] = [entropy(sums.rows, n), entropy(sums.columns, n)];
  if (label === 0 || attribute === 0) return all(noFigure('UNDEFINED', 'NO_VARIATION'));
  const bias = ((sums.rowLevels - 1) * (sums.columnLevels - 1)) / (2 * n);
  const share = (value: number) => figure(Math.min(1, Math.max(0, value)));
  return {
    plain: figure(Math.max(0, information)),
    corrected: figure(Math.max(0, information - bias)),
    normalized: share(information / Math.sqrt(label * attribute)),
    theilU: share(information / label),
  };
}

function all(fault: Figure): Figures {
  return { plain: fault, corrected: fault, normalized: fault, theilU: fault };
}

function entropy(counts: readonly number[], n: number): number {
  return counts.reduce((total, count) => total - (count > 0 ? (count / n) * Math.log(count / n) : 0), 0);
}
