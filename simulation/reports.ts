import type { ReportKind } from '../src/bias/bias-counts.ts';
import type { Card } from '../src/bias/cards/card.ts';
import { makeReport } from '../src/bias/make-report.ts';
import { NO_FACTS, type ReportFacts } from '../src/bias/report-input.ts';
import { reportRequest } from '../src/bias/report-request.ts';
import type { Subjects } from '../src/bias/subjects/subjects.ts';
import { WORLD } from './dataset.ts';
import { randomOf } from './random.ts';

/** The reports of columns, in the order of the tables. */
export const SIMULATED_REPORTS = ['SELECTION', 'MEASUREMENT', 'ASSOCIATION', 'ATTRITION', 'SPLIT'] as const;
export type SimulatedReport = (typeof SIMULATED_REPORTS)[number] & ReportKind;

const TARGET = {
  name: 'simulated world',
  source: 'this simulation',
  dated: null,
  strata: [],
  shares: Object.entries(WORLD).flatMap(([factor, levels]) =>
    Object.entries(levels).map(([level, share]) => ({ factor, level, share: String(share) })),
  ),
};
const SPLIT = { id: 'simulated', name: 'simulated', digest: '0'.repeat(64) };
/** Nothing was refused, no two images look alike, and all that is of the parts is in the columns. */
const FACTS: ReportFacts = { ...NO_FACTS, refusals: [], nearLooks: { candidates: [], confirmed: [] } };

export function cardsOf(kind: SimulatedReport, subjects: Subjects, name: string): readonly Card[] {
  const request = reportRequest({
    datasetId: name,
    slug: name,
    revision: 1,
    personal: false,
    kind,
    target: kind === 'SELECTION' ? TARGET : null,
    split: kind === 'SPLIT' ? SPLIT : null,
  });
  const streams = (statistic: string) => randomOf(`${name} ${statistic}`).uniform;
  return makeReport(request, subjects, FACTS, streams).cards;
}
