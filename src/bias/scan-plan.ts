import { REPORTED_MEASURES } from './moments.ts';
import type { ReportRequest } from './report-request.ts';
import type { ScanPlan } from './subject-page.ts';

/** Keys by which images of two parts may belong together, beside the unit (specification §5.1). */
const GROUP_KEYS = ['session', 'site'];

/** What must be read for all these reports of one dataset at one revision. */
export function scanPlan(
  requests: readonly ReportRequest[],
  known: Pick<ScanPlan, 'factors' | 'classes' | 'wholeImageClasses' | 'hasParts'>,
): ScanPlan {
  const kinds = new Set(requests.map(({ kind }) => kind));
  const measured = ['MEASUREMENT', 'ATTRITION', 'SPLIT'] as const;
  const asked = requests.flatMap(({ group }) => (group === null || group === 'unit' ? [] : [group]));
  return {
    ...known,
    groupKeys: kinds.has('SPLIT') ? [...new Set([...GROUP_KEYS, ...asked])] : [],
    measures: measured.some((kind) => kinds.has(kind)) ? REPORTED_MEASURES : [],
    hasIdentities: kinds.has('SPLIT'),
  };
}
