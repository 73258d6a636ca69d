import { type CentreEffect as CentreFigures, centreEffect } from '../../statistics/centre-effect.ts';
import { colour, type Verdict } from '../../statistics/colour.ts';
import { type Estimate, notEstimable } from '../../statistics/estimate.ts';
import { estimateWithInterval } from '../../statistics/jackknife-estimate.ts';
import { SMALLEST_SHOWN_COUNT } from '../../statistics/suppress-small-counts.ts';
import { verdictAmong } from '../../statistics/verdict-among.ts';
import { worstColour } from '../../statistics/worst-colour.ts';
import { worstFirst } from '../cards/worst-first.ts';
import type { ImageSelection } from '../images/image-selection.ts';
import type { ReportInput } from '../report-input.ts';
import type { Thresholds } from '../threshold/own-threshold.ts';
import { centreMayBeBiology } from './centre-label.ts';
import { levelImages, type MeasurementColumns } from './measurement-columns.ts';
import type { FactorMoments } from './measurement-moments.ts';
import type { ReportedMeasure } from './moments.ts';

const CENTRES = ['site', 'device'];

/** How far one measure stands apart at one site or device; counts are of its own images and units. */
export interface CentreEffect extends Omit<CentreFigures, 'n'> {
  readonly measure: ReportedMeasure;
  /** `site` or `device`. */
  readonly factor: string;
  readonly centre: string;
  /** The worse of location and scale, and which of the two it is. */
  readonly verdict: Verdict;
  readonly worse: 'LOCATION' | 'SCALE';
  readonly selection: ImageSelection | null;
}

export interface CentreEffects {
  /** Worst first. */
  readonly effects: readonly CentreEffect[];
  /** Sites or devices that go with the label: what sets them apart may be the subject. */
  readonly mayBeBiology: boolean;
}

/** Every site and device, as ComBat sees them, on unit means (specification §2.4). No image is changed. */
export function centreEffects(
  columns: MeasurementColumns,
  moments: readonly FactorMoments[],
  input: ReportInput,
): CentreEffects {
  const centres = moments.filter(({ factor }) => CENTRES.includes(factor.name));
  const all = centres.flatMap((of) => effectsOf(columns, of, input));
  const comparisons = 2 * all.length; // location and scale of each
  const effects = all.map((row): CentreEffect => {
    const [figure, nothing] = row.worse === 'SCALE' ? [row.scale, 1] : [row.distance, 0];
    return { ...row, verdict: verdictAmong(row.verdict, figure, { comparisons, nothing }) };
  });
  return {
    effects: worstFirst(effects, ({ distance }) => distance),
    mayBeBiology: centres.some(({ factor }) => centreMayBeBiology(columns, factor.variable)),
  };
}

function effectsOf(
  columns: MeasurementColumns,
  { factor, ofMeasures }: FactorMoments,
  { thresholds, request }: ReportInput,
): CentreEffect[] {
  const figures = centreEffect(ofMeasures.map(({ table }) => table));
  return columns.measures.flatMap(({ name: measure }, index) =>
    factor.levels.flatMap((level, code): CentreEffect[] => {
      const own = figures[index]![code]!;
      if (level.kind !== 'LEVEL' || own.n === 0) return [];
      const shown = withOwnCounts(own, ofMeasures[index]!.imagesOfLevel[code]!, request.personal);
      return [
        {
          measure,
          factor: factor.name,
          centre: level.level,
          ...shown,
          ...judge(shown, thresholds),
          selection: levelImages(columns, factor, level),
        },
      ];
    }),
  );
}

/** A centre's figures rest on its own units: few of them can carry no colour, however many the others have. */
function withOwnCounts({ n, ...figures }: CentreFigures, imageCount: number, personal: boolean) {
  const own = ({ value, status, reason, interval, method }: Estimate): Estimate => {
    const basis = { imageCount, unitCount: n, method };
    if (personal && n < SMALLEST_SHOWN_COUNT) return notEstimable('SUPPRESSED', 'SMALL_COUNT', basis);
    return estimateWithInterval({ value, status, reason }, interval, basis);
  };
  return {
    location: own(figures.location),
    distance: own(figures.distance),
    scale: own(figures.scale),
    shrunkenLocation: own(figures.shrunkenLocation),
    shrunkenScale: own(figures.shrunkenScale),
  };
}

function judge(
  { distance, scale }: Pick<CentreEffect, 'distance' | 'scale'>,
  thresholds: Thresholds,
): Pick<CentreEffect, 'verdict' | 'worse'> {
  const location = colour(distance, thresholds.centreLocation.bands);
  const scatter = colour(scale, thresholds.centreScale.bands);
  const isWorse =
    scatter.colour !== location.colour && worstColour([scatter.colour, location.colour]) === scatter.colour;
  return isWorse ? { verdict: scatter, worse: 'SCALE' } : { verdict: location, worse: 'LOCATION' };
}
