import type { CodedVariable } from '../../statistics/coded-variable.ts';
import { colour, type Verdict } from '../../statistics/colour.ts';
import { type Drift as DriftFigures, drift, type Gap, type Step } from '../../statistics/drift.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { type PeriodSeries, periodMeans } from '../../statistics/period-means.ts';
import { periods } from '../../statistics/periods.ts';
import { type Stretch, stretches } from '../../statistics/stretches.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import type { Threshold } from '../../statistics/thresholds.ts';
import { withQValues } from '../../statistics/with-q-values.ts';
import { judgedAmong, worstFirst } from '../cards/worst-first.ts';
import { type Condition, type ImageSelection, isIn, keptWhere } from '../images/image-selection.ts';
import type { ReportInput } from '../report-input.ts';
import { type NamedVariable, NO_DAY } from '../subjects/subjects.ts';
import { jointVariable } from '../variables/joint-variable.ts';
import { inOrder, inPart, type MeasurementColumns } from './measurement-columns.ts';
import type { ReportedMeasure } from './moments.ts';

/** A jump of the measure: since when, and when it was noticed; days as YYYY-MM-DD. */
export interface DriftStep {
  readonly since: string;
  readonly alarm: string;
  readonly direction: Step['direction'];
}

/** The first and the last day without image. */
export interface DriftGap {
  readonly first: string;
  readonly last: string;
}

/** The mean of the period means from one day to another, as YYYY-MM-DD, less the mean of all images. */
export interface DriftPoint {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly mean: number;
}

/** One measure over time at one site with one device; null: not recorded. */
export interface MeasureDrift
  extends Pick<DriftFigures, 'totalDrift' | 'slope' | 'kendallTau' | 'inflation'> {
  readonly measure: ReportedMeasure;
  readonly site: string | null;
  readonly device: string | null;
  /** Days, or weeks, with images. */
  readonly periods: number;
  readonly period: 'DAY' | 'WEEK';
  readonly firstDay: string;
  readonly lastDay: string;
  /** The first 20. */
  readonly steps: readonly DriftStep[];
  readonly stepCount: number;
  /** The first 20. */
  readonly gaps: readonly DriftGap[];
  readonly gapCount: number;
  /** To be drawn: at most 200 points. Null of a personal dataset, where a mean may be of one person. */
  readonly series: readonly DriftPoint[] | null;
  readonly verdict: Verdict;
  readonly selection: ImageSelection;
}

export interface MeasureDrifts {
  /** Worst first. */
  readonly drifts: readonly MeasureDrift[];
  /** Sites with their devices that have too few images to be among the groups looked at. */
  readonly groupsLeftOut: number;
  /** Images of which the day is known. */
  readonly datedImages: number;
}

/** Sen's slope takes every pair of up to 2000 periods. */
const MOST_GROUPS = 50;
const LONGEST_LIST = 20;
const MOST_POINTS = 200;
const DAY = 86_400_000;

interface Group {
  readonly site: string | null;
  readonly device: string | null;
  readonly selection: ImageSelection;
}

/** Every measure in each of the largest groups of one site and device, with its q over all of them (specification §2.5). */
export function measureDrifts(columns: MeasurementColumns, input: ReportInput): MeasureDrifts {
  const days = inOrder(columns.subjects.days, columns.images);
  const { groups, variable, groupsLeftOut, datedImages } = groupsOf(columns, days);
  const ofGroups = periods(days, variable);
  // The days of so few people would tell when they were there.
  const fewestUnits = input.request.personal ? SMALLEST_SHOWN_COUNT : 0;
  const drifts = columns.measures.flatMap(({ name }, measure) =>
    periodMeans(columnOf(columns, measure), ofGroups, columns.units)
      .filter(({ unitCount }) => unitCount >= fewestUnits)
      .map(
        (series): MeasureDrift => ({
          measure: name,
          ...groups[series.group]!,
          ...driftOf(series, input.thresholds.drift),
          series: input.request.personal ? null : stretches(series, MOST_POINTS).map(pointText),
        }),
      ),
  );
  const q = withQValues(drifts.map(({ totalDrift }) => totalDrift)).map((estimate) => estimate.q);
  const family = drifts.map((row, index) => {
    const having = (estimate: Estimate) => ({ ...estimate, q: q[index] ?? null });
    const { totalDrift, slope, kendallTau } = row;
    return { ...row, totalDrift: having(totalDrift), slope: having(slope), kendallTau: having(kendallTau) };
  });
  return {
    drifts: worstFirst(
      judgedAmong(family, ({ totalDrift }) => totalDrift),
      ({ totalDrift }) => totalDrift,
    ),
    groupsLeftOut,
    datedImages,
  };
}

function driftOf(series: PeriodSeries, { bands }: Threshold) {
  const { totalDrift, slope, kendallTau, inflation, steps, gaps } = drift(series);
  return {
    periods: series.means.length,
    period: series.length === 1 ? ('DAY' as const) : ('WEEK' as const),
    firstDay: dayText(series.starts[0]!),
    lastDay: dayText(series.starts.at(-1)! + series.length - 1),
    totalDrift,
    slope,
    kendallTau,
    inflation,
    steps: (steps ?? []).slice(0, LONGEST_LIST).map(stepText),
    stepCount: steps?.length ?? 0,
    gaps: gaps.slice(0, LONGEST_LIST).map(gapText),
    gapCount: gaps.length,
    verdict: colour(totalDrift, bands),
  };
}

/** A measure about its mean: where it lies is no matter of drift. */
function columnOf(
  { matrix: { values, measures }, images }: MeasurementColumns,
  measure: number,
): Float64Array {
  const column = new Float64Array(images.length);
  for (let place = 0; place < column.length; place += 1) column[place] = values[place * measures + measure]!;
  return column;
}

const dayText = (day: number) => new Date(day * DAY).toISOString().slice(0, -14);
const stepText = ({ sinceDay, alarmDay, direction }: Step): DriftStep => ({
  since: dayText(sinceDay),
  alarm: dayText(alarmDay),
  direction,
});
const pointText = ({ firstDay, lastDay, mean }: Stretch): DriftPoint => ({
  firstDay: dayText(firstDay),
  lastDay: dayText(lastDay),
  mean,
});
const gapText = ({ firstDay, lastDay }: Gap): DriftGap => ({
  first: dayText(firstDay),
  last: dayText(lastDay),
});

/** The dated images by site and device, of which one or both may be unknown; the groups with most images. */
function groupsOf(columns: MeasurementColumns, days: Int32Array) {
  const [site, device] = ['site', 'device'].map(
    (name) => columns.factors.find((factor) => factor.name === name)?.recorded ?? nothing(days.length),
  ) as [NamedVariable, NamedVariable];
  const joint = jointVariable(site, device, true) ?? jointVariable(site, nothing(days.length), true)!;
  const images = new Float64Array(joint.levels);
  let datedImages = 0;
  for (let place = 0; place < days.length; place += 1) {
    if (days[place] === NO_DAY) continue;
    datedImages += 1;
    images[joint.codes[place]!]! += 1;
  }
  const dated = [...images.keys()].filter((code) => images[code]! > 0);
  const kept = dated.sort((a, b) => images[b]! - images[a]! || a - b).slice(0, MOST_GROUPS);
  const place = new Int16Array(joint.levels).fill(-1);
  kept.forEach((code, index) => {
    place[code] = index;
  });
  const variable: CodedVariable = { codes: joint.codes.map((code) => place[code]!), levels: kept.length };
  const groups = kept.map((code): Group => {
    const [one, other] = joint.pairs[code]!;
    const values = { site: site.names[one] ?? null, device: device.names[other] ?? null };
    const where = [conditionOf('site', values.site), conditionOf('device', values.device)];
    return { ...values, selection: keptWhere(...where, ...inPart(columns.part)) };
  });
  return { groups, variable, groupsLeftOut: dated.length - kept.length, datedImages };
}

function nothing(images: number): NamedVariable {
  return { codes: new Int16Array(images).fill(-1), levels: 0, names: [] };
}

function conditionOf(field: string, value: string | null): Condition {
  return value === null ? { kind: 'MISSING', field } : isIn(field, value);
}
