import type { Card } from '../cards/card.ts';
import { coarseCounts } from '../cards/coarse-counts.ts';
import type { ReportInput } from '../report-input.ts';
import { centreCard, factorEffectCard } from './measurement-cards.ts';
import { type CentreEffect, centreEffects } from './measurement-centres.ts';
import { deploymentCard, driftCard } from './measurement-change-cards.ts';
import { measurementColumns } from './measurement-columns.ts';
import { type FactorScatter, factorScatters } from './measurement-components.ts';
import { type ConfoundedPair, confoundedPairs } from './measurement-confounding.ts';
import { type CrossedScatter, crossedScatters } from './measurement-crossed.ts';
import { type DeploymentComparison, deploymentComparison } from './measurement-deployment.ts';
import { type MeasureDrift, measureDrifts } from './measurement-drift.ts';
import { type FactorEffect, factorEffects } from './measurement-effects.ts';
import { factorMoments } from './measurement-moments.ts';

export interface MeasurementReport {
  readonly cards: readonly Card[];
  /** Worst first, at most 200. */
  readonly effects: readonly FactorEffect[];
  readonly effectCount: number;
  /** Of site, device, session and operator, worst first. */
  readonly scatters: readonly FactorScatter[];
  readonly crossedScatters: readonly CrossedScatter[];
  /** Worst first, at most 200. */
  readonly centres: readonly CentreEffect[];
  readonly centreCount: number;
  /** Worst first, at most 50. */
  readonly drifts: readonly MeasureDrift[];
  readonly driftCount: number;
  readonly driftGroupsLeftOut: number;
  readonly deployment: DeploymentComparison | null;
  readonly confoundedPairs: readonly ConfoundedPair[];
  readonly confoundedPairCount: number;
  /** Identifiers, which are no factors. */
  readonly refusedFactors: readonly string[];
}

const LONGEST_LIST = 200;
const LONGEST_DRIFT_LIST = 50;

/** Do images differ because of who, what or when took them, rather than because of the subject? (specification §2) */
export function measurementReport(input: ReportInput): MeasurementReport {
  const { personal } = input.request;
  const columns = measurementColumns(input);
  const moments = factorMoments(columns, input.random);
  const effects = factorEffects(columns, moments, input);
  const centres = centreEffects(columns, moments, input);
  const drifts = measureDrifts(columns, input);
  const confounded = confoundedPairs(columns);
  const deployment = deploymentComparison(input);
  const cardInput = { columns, thresholds: input.thresholds, personal };
  const report: MeasurementReport = {
    cards: [
      factorEffectCard(cardInput, effects, confounded),
      centreCard(cardInput, centres),
      driftCard(cardInput, drifts),
      ...(deployment === null ? [] : [deploymentCard(cardInput, deployment)]),
    ],
    effects: effects.slice(0, LONGEST_LIST),
    effectCount: effects.length,
    scatters: factorScatters(columns, moments, input),
    crossedScatters: crossedScatters(columns),
    centres: centres.effects.slice(0, LONGEST_LIST),
    centreCount: centres.effects.length,
    drifts: drifts.drifts.slice(0, LONGEST_DRIFT_LIST),
    driftCount: drifts.drifts.length,
    driftGroupsLeftOut: drifts.groupsLeftOut,
    deployment,
    confoundedPairs: confounded.pairs,
    confoundedPairCount: confounded.pairCount,
    refusedFactors: columns.refusedFactors,
  };
  return personal ? coarseCounts(report) : report;
}
