import type { ReportKind } from '../../bias/bias-counts.ts';
import type { CardKind } from '../../bias/cards/card.ts';
import type { BiasReport } from '../../bias/make-report.ts';
import type { Dataset } from '../../catalogue/dataset.ts';
import type { Snapshot } from '../../snapshots/snapshot.ts';
import type { FrozenSplit } from '../../splits/split.ts';
import { askedReport } from '../certificate/asked-report.ts';
import type { PublicationRule } from './publication-rule.ts';

/** A report on a snapshot that rules are held against. */
export interface ReportWanted {
  readonly kind: ReportKind;
  readonly split: string | null;
  readonly group: string | null;
}

/** Has reports made of a snapshot that nobody can fetch yet, in the order asked. */
export type Reporter = (
  dataset: Dataset,
  snapshot: Snapshot,
  wanted: readonly ReportWanted[],
) => Promise<readonly BiasReport[]>;

/** All that the rules are held against. */
export interface Evidence {
  readonly snapshot: Snapshot;
  readonly splits: readonly FrozenSplit[];
  readonly dataUseTerms: readonly string[];
  readonly guidelines: readonly string[];
  readonly rounds: readonly { readonly name: string; readonly guidelineVersion: string | null }[];
  readonly reports: readonly BiasReport[];
}

/** In which report each kind of card stands. */
export const REPORT_OF_CARD: Readonly<Record<CardKind, ReportKind>> = {
  TARGET_COVERAGE: 'SELECTION',
  CLASS_IMBALANCE: 'SELECTION',
  MISSING_METADATA: 'SELECTION',
  COVERAGE_HOLES: 'SELECTION',
  EXCLUSION_SHARE: 'ATTRITION',
  EXCLUSION_PATTERN: 'ATTRITION',
  FACTOR_EFFECT: 'MEASUREMENT',
  CENTRE_EFFECT: 'MEASUREMENT',
  DRIFT: 'MEASUREMENT',
  DEPLOYMENT_DIFFERENCE: 'MEASUREMENT',
  METADATA_PROBE: 'ASSOCIATION',
  LABEL_ASSOCIATION: 'ASSOCIATION',
  LEAK: 'ASSOCIATION',
  CONFOUNDING: 'ASSOCIATION',
  AGREEMENT: 'AGREEMENT',
  BOX_AGREEMENT: 'SHAPES',
  MASK_AGREEMENT: 'SHAPES',
  RATER_SHIFT: 'RATERS',
  RATER_FATIGUE: 'RATERS',
  LEAKAGE: 'SPLIT',
  SPLIT_BALANCE: 'SPLIT',
  ADVERSARIAL: 'SPLIT',
  TEST_SIZE: 'SPLIT',
};

/** The reports that the rules are held against, each once. */
export function reportsWanted(
  rules: readonly PublicationRule[],
  splits: readonly FrozenSplit[],
): ReportWanted[] {
  const kinds = [...new Set(rules.flatMap((rule) => reportOfRule(rule) ?? []))];
  return kinds.flatMap((kind): ReportWanted[] =>
    kind === 'SPLIT'
      ? splits.map((split) => ({ kind, ...askedReport(split) }))
      : [{ kind, split: null, group: null }],
  );
}

/** The kind of report that a rule reads; null: none. */
export function reportOfRule({ kind, subject }: PublicationRule): ReportKind | null {
  if (kind === 'NO_RED_LEAKAGE') return 'SPLIT';
  if (kind === 'NO_RED_CARD') return REPORT_OF_CARD[subject as CardKind];
  if (kind === 'AGREEMENT_AT_LEAST') return 'AGREEMENT';
  return kind === 'MISSING_METADATA_AT_MOST' ? 'SELECTION' : null;
}
