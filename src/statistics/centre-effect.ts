import { type Basis, type Estimate, estimate } from './estimate.ts';
import { type Figure, figure, noFigure } from './figure.ts';
import { type BucketedTable, jackknife } from './jackknife.ts';
import { estimateWithInterval } from './jackknife-estimate.ts';
import { jackknifeInterval, NON_NEGATIVE, UNBOUNDED } from './jackknife-interval.ts';
import { magnitude } from './magnitude.ts';
import { type CentreShift, shrinkCentreEffects } from './shrink-centre-effects.ts';
import { sumsOfSquares } from './sums-of-squares.ts';

/** One measure in one centre of n images. */
export interface CentreEffect {
  readonly n: number;
  /** γ: signed distance of the centre's mean from that of all, in pooled standard deviations. */
  readonly location: Estimate;
  /** |γ|, which has the colour. */
  readonly distance: Estimate;
  /** δ: its variance over the pooled one. */
  readonly scale: Estimate;
  readonly shrunkenLocation: Estimate;
  readonly shrunkenScale: Estimate;
}

interface Shift {
  readonly n: number;
  readonly location: Figure;
  readonly scale: Figure;
}

/**
 * How far each centre's measures stand apart, as ComBat sees it, without changing any image: of each measure its 3k
 * cells (n of each of k centres, Σx, Σx²), to an answer by measure and centre. γ = (x̄_b − x̄)/s, δ = s²_b/s² with s²
 * = SSW/N, intervals by jackknife; with 5 measures also shrunken towards what the centre does to the others, without
 * interval. A centre of fewer than 2 images: δ null. One centre: NOT_APPLICABLE; constant: UNDEFINED; nothing varies
 * inside the centres: DEGENERATE. Where centres differ in what they see, γ may be the subject and not the camera.
 * Johnson, Li & Rabinovic 2007.
 */
export function centreEffect(measures: readonly BucketedTable[]): CentreEffect[][] {
  const shifts = measures.map(({ total }) => shiftsOf(total));
  const centres = shifts[0]?.length ?? 0;
  const shrunken = Array.from({ length: centres }, (_, centre) =>
    shrinkCentre(shifts.map((all) => all[centre]!)),
  );
  return measures.map((table, measure) => {
    const { imageCount, unitCount } = table;
    const basis = (method: string): Basis => ({ imageCount, unitCount, method });
    const replicates = jackknife(table, (cells) =>
      shiftsOf(cells).flatMap(({ location, scale }) => [location.value, scale.value]),
    );
    return shifts[measure]!.map(({ n, location, scale }, centre) => {
      const [ofLocation, ofScale] = replicates.slice(2 * centre, 2 * centre + 2);
      const signed = estimateWithInterval(
        location,
        jackknifeInterval(ofLocation!, UNBOUNDED),
        basis('distance from the mean of all, pooled standard deviations'),
      );
      const drawn = shrunken[centre]![measure]!;
      return {
        n,
        location: signed,
        distance: magnitude(signed),
        scale: estimateWithInterval(
          scale,
          jackknifeInterval(ofScale!, NON_NEGATIVE),
          basis('variance over pooled variance'),
        ),
        shrunkenLocation: estimate({ ...drawn.location, ...basis('distance, empirical Bayes') }),
        shrunkenScale: estimate({ ...drawn.scale, ...basis('variance ratio, empirical Bayes') }),
      };
    });
  });
}

function shiftsOf(cells: readonly number[]): Shift[] {
  const k = cells.length / 3;
  const { count, within, fault } = sumsOfSquares(cells);
  const mean = cells.slice(k, 2 * k).reduce((total, s) => total + s, 0) / count;
  const pooled = within / count;
  const none = fault ?? (within === 0 ? noFigure('DEGENERATE', 'ZERO_WITHIN_VARIANCE') : null);
  return Array.from({ length: k }, (_, centre) => {
    const [n, s, q] = [cells[centre]!, cells[k + centre]!, cells[2 * k + centre]!];
    const missing = none ?? (n > 0 ? null : noFigure('EMPTY', 'NO_IMAGE'));
    if (missing !== null) return { n, location: missing, scale: missing };
    const variance = Math.max(0, q - (s * s) / n) / (n - 1);
    return {
      n,
      location: figure((s / n - mean) / Math.sqrt(pooled)),
      scale: n < 2 ? noFigure('INSUFFICIENT', 'FEWER_THAN_2_IMAGES') : figure(variance / pooled),
    };
  });
}

/**
 * The figures of one centre, measure by measure; a measure without location or scale stays out of the others' prior.
 */
function shrinkCentre(shifts: readonly Shift[]): { location: Figure; scale: Figure }[] {
  const known = shifts.flatMap(({ n, location, scale }): CentreShift[] =>
    location.value === null || scale.value === null
      ? []
      : [{ n, location: location.value, scale: scale.value }],
  );
  const shrunken = shrinkCentreEffects(known);
  let next = 0;
  return shifts.map(({ location, scale }) => {
    if (location.value === null) return { location, scale: location };
    if (scale.value === null) return { location: scale, scale };
    if (typeof shrunken === 'string') {
      const none = noFigure(shrunken === 'NOT_CONVERGED' ? 'NOT_CONVERGED' : 'NOT_APPLICABLE', shrunken);
      return { location: none, scale: none };
    }
    const drawn = shrunken[next]!;
    next += 1;
    return { location: figure(drawn.location), scale: figure(drawn.scale) };
  });
}
