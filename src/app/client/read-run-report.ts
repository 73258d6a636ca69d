import { DomainError } from '../../kernel/errors.ts';
import type { RunReport } from '../../runs/run-report.ts';
import type { RunClaim } from '../../runs/run-report-pairs.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { resolveReference } from './resolve-reference.ts';

const ESTIMATE =
  'value status reason interval { lower upper level method } p q imageCount unitCount method specificationVersion';
const FIELDS = `metric part isGreaterBetter snapshots ranksReason
  card { colour sentence headline { ${ESTIMATE} } detectable { ${ESTIMATE} } runs seeds folds thresholds { rule value origin source } caveats wouldChange }
  models { model snapshot sentence testSampling { ${ESTIMATE} }
    spread { runs varied mean { ${ESTIMATE} } standardDeviation { ${ESTIMATE} } smallest largest isDeterministic }
    components { seeds folds seedVariance { ${ESTIMATE} } foldVariance { ${ESTIMATE} } residualVariance { ${ESTIMATE} } seedShare { ${ESTIMATE} } foldShare { ${ESTIMATE} } } }
  pairs { snapshot better worse isPaired leftOut colour sentence claim { better worse by } difference { ${ESTIMATE} } winShare { ${ESTIMATE} } detectable { ${ESTIMATE} } detectableFloor { ${ESTIMATE} } }
  ranks { modelNames meanRanks leftOut datasets models chiSquare chiSquareTies degreesOfFreedom pChiSquare f fTies fReason fDegreesOfFreedom pF concordance criticalDifference }`;

export interface RunReportQuestion {
  /** `sha256:HEX`, `SLUG@TAG` or `SLUG@sha256:HEX` each. */
  readonly references: readonly string[];
  readonly metric: string;
  readonly part: string;
  readonly isGreaterBetter: boolean | null;
  readonly models: readonly string[] | null;
  readonly claims: readonly RunClaim[];
}

export async function readRunReport(access: ServerAccess, question: RunReportQuestion): Promise<RunReport> {
  const { references, ...rest } = question;
  const snapshots = [];
  for (const reference of references) snapshots.push(await resolveReference(access, reference));
  const { runReport } = await ask<{ runReport: RunReport }>(
    access,
    `query Runs($snapshots: [String!]!, $metric: String!, $part: String!, $isGreaterBetter: Boolean, $models: [String!], $claims: [RunClaimInput!]!) {
       runReport(snapshots: $snapshots, metric: $metric, part: $part, isGreaterBetter: $isGreaterBetter, models: $models, claims: $claims) { ${FIELDS} } }`,
    { snapshots, ...rest },
  );
  return runReport;
}

/** `A>B:0.8`: A is claimed to be better than B by 0.8. */
export function readClaim(text: string): RunClaim {
  const [, better, worse, by] = /^(.+)>(.+):([0-9.]+(?:e-?[0-9]+)?)$/.exec(text) ?? [];
  if (better === undefined || !Number.isFinite(Number(by)))
    throw new DomainError('BAD_INPUT', `--claim: "${text}" is no claim; write A>B:0.02.`);
  return { better, worse: worse!, by: Number(by) };
}
