import type { Estimate } from '../statistics/estimate.ts';

/** One figure of a report with the way to it, such as `factors[site].levels[north].share`. */
export interface ReportFigure {
  readonly path: string;
  readonly estimate: Estimate;
}

/** Every estimate of a report, in the order in which they stand; rows are told by what names them, not by their place. */
export function reportFigures(report: unknown): ReportFigure[] {
  const found: ReportFigure[] = [];
  walk(report, '', found);
  return found;
}

function walk(value: unknown, path: string, found: ReportFigure[]): void {
  if (value === null || typeof value !== 'object') return;
  if (isEstimate(value)) {
    found.push({ path, estimate: value });
    return;
  }
  if (Array.isArray(value)) {
    const seen = new Map<string, number>();
    value.forEach((row, index) => {
      const name = nameOf(row) ?? String(index);
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      walk(row, `${path}[${times === 1 ? name : `${name} #${times}`}]`, found);
    });
    return;
  }
  for (const [member, inner] of Object.entries(value)) {
    if (member === 'request') continue;
    walk(inner, path === '' ? member : `${path}.${member}`, found);
  }
}

export function isEstimate(value: unknown): value is Estimate {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    'method' in value &&
    'interval' in value
  );
}

/** What names a row: its text members, such as factor and level; null where it has none. */
function nameOf(row: unknown): string | null {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return null;
  const names = Object.entries(row).flatMap(([member, value]) =>
    typeof value === 'string' && NAMING.has(member) ? [value] : [],
  );
  return names.length === 0 ? null : names.join(', ');
}

const NAMING = new Set([
  'name',
  'measure',
  'factor',
  'other',
  'level',
  'label',
  'stratifier',
  'part',
  'key',
  'value',
  'stage',
  'reason',
  'rater',
  'field',
  'centre',
  'site',
  'device',
  'first',
  'second',
  'group',
  'attribute',
]);
