import {
  type CrossedVarianceComponents,
  crossedVarianceComponents,
  LARGEST_SYSTEM,
} from '../../statistics/crossed-variance-components.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import type { BucketedTable } from '../../statistics/jackknife.ts';
import { type JointVariable, jointVariable } from '../variables/joint-variable.ts';
import { everyImage, type MeasuredFactor, type MeasurementColumns } from './measurement-columns.ts';
import { momentsBy } from './measurement-moments.ts';
import type { ReportedMeasure } from './moments.ts';

const PAIRS = [
  ['site', 'device'],
  ['site', 'operator'],
  ['device', 'operator'],
] as const;

/** Whose scatter is it, the first factor's or the second's? Each freed from the other. */
export interface CrossedScatter {
  readonly measure: ReportedMeasure;
  readonly first: string;
  readonly second: string;
  readonly firstVariance: Estimate;
  readonly secondVariance: Estimate;
  readonly residualVariance: Estimate;
  /** Of the three together. */
  readonly firstShare: Estimate;
  readonly secondShare: Estimate;
}

/** Site, device and operator two by two (specification §2.3), on unit means; CONFOUNDED where they cannot be told apart. */
export function crossedScatters(columns: MeasurementColumns): CrossedScatter[] {
  const named = (name: string) => columns.factors.find((factor) => factor.name === name);
  return PAIRS.flatMap(([one, other]): CrossedScatter[] => {
    const [first, second] = [named(one), named(other)];
    if (first === undefined || second === undefined) return [];
    const joint = jointOf(first, second);
    if (joint === null)
      return columns.measures.map(({ name }) => tooLarge(columns, name, [first.name, second.name]));
    const moments = momentsBy(columns, joint);
    return columns.measures.flatMap(({ name: measure }, index): CrossedScatter[] => {
      const { table } = moments[index]!;
      if (table.imageCount === 0) return [];
      const components = componentsOf(table, joint, first, second);
      return [{ measure, first: first.name, second: second.name, ...components }];
    });
  });
}

function jointOf(first: MeasuredFactor, second: MeasuredFactor): JointVariable | null {
  if (1 + first.recorded.levels + second.recorded.levels > LARGEST_SYSTEM) return null;
  return jointVariable(first.recorded, second.recorded, false);
}

function componentsOf(
  { total, imageCount, unitCount }: BucketedTable,
  { pairs }: JointVariable,
  first: MeasuredFactor,
  second: MeasuredFactor,
) {
  const [rows, columns] = [first.recorded.levels, second.recorded.levels];
  const cells = new Array<number>(3 * rows * columns).fill(0);
  pairs.forEach(([row, column], code) => {
    for (let part = 0; part < 3; part += 1)
      cells[(part * rows + row) * columns + column] = total[part * pairs.length + code]!;
  });
  return named(crossedVarianceComponents({ total: cells, rows, columns, imageCount, unitCount }));
}

function named(components: CrossedVarianceComponents) {
  return {
    firstVariance: components.rowVariance,
    secondVariance: components.columnVariance,
    residualVariance: components.residualVariance,
    firstShare: components.rowShare,
    secondShare: components.columnShare,
  };
}

function tooLarge(
  columns: MeasurementColumns,
  measure: ReportedMeasure,
  [first, second]: readonly [string, string],
): CrossedScatter {
  const none = notEstimable(
    'NOT_APPLICABLE',
    'TOO_MANY_LEVELS',
    everyImage(columns, 'restricted maximum likelihood by EM'),
  );
  return {
    measure,
    first,
    second,
    firstVariance: none,
    secondVariance: none,
    residualVariance: none,
    firstShare: none,
    secondShare: none,
  };
}
