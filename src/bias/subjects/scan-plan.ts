import { REPORTED_MEASURES } from '../measurement/moments.ts';
import type { ReportRequest } from '../report-request.ts';
import type { ScanPlan } from './subject-page.ts';

/** Keys by which images of two parts may belong together, beside the unit (specification §5.1): columns, and usual factors. */
const GROUP_KEYS = ['session', 'site'];
const GROUP_FACTORS = ['plate', 'plot', 'video'];

/** What must be read for all these reports of one dataset at one revision. */
export function scanPlan(
  requests: readonly ReportRequest[],
  known: Pick<ScanPlan, 'factors' | 'classes' | 'wholeImageClasses' | 'hasParts'>,
): ScanPlan {
  const kinds = new Set(requests.map(({ kind }) => kind));
  const measured = ['MEASUREMENT', 'ATTRITION', 'SPLIT'] as const;
  const asked = requests.flatMap(({ group }) => (group === null || group === 'unit' ? [] : [group]));
  const declared = GROUP_FACTORS.filter((key) => known.factors.some(({ name }) => name === key));
  return {
    ...known,
    groupKeys: kinds.has('SPLIT') ? [...new Set([...GROUP_KEYS, ...declared, ...asked])] : [],
    measures: measured.some((kind) => kinds.has(kind)) ? REPORTED_MEASURES : [],
    hasIdentities: kinds.has('SPLIT'),
  };
}
