import type { ImageQuality, QualityMeasure, QualityReason } from '../kernel/image-facts.ts';
import { areaResample, type Plane } from './area-resample.ts';
import { emptyTone, type Raster, type Tone, tone } from './tone.ts';

/** Sharpness and noise are taken at most at this long side, so that cameras compare. */
const LONG_SIDE = 1024;

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7), in grey levels. */
function quantile(histogram: Uint32Array, count: number, probability: number): number {
  const rank = (count - 1) * probability;
  const below = Math.floor(rank);
  let bin = 0;
  let seen = histogram[0]!;
  while (seen <= below) seen += histogram[++bin]!;
  let next = bin;
  if (rank > below && seen <= below + 1) {
    next++;
    while (histogram[next] === 0) next++;
  }
  return (bin + (rank - below) * (next - bin)) / 257;
}

/** Sum and sum of squares of the Laplacian on the border, which mirrors without repeating itself (reflect-101). */
function borderLaplacian({ samples, width, height }: Plane): { sum: number; squares: number } {
  const sums = { sum: 0, squares: 0 };
  const add = (x: number, y: number) => {
    const up = samples[(y === 0 ? 1 : y - 1) * width + x]!;
    const down = samples[(y === height - 1 ? height - 2 : y + 1) * width + x]!;
    const left = samples[y * width + (x === 0 ? 1 : x - 1)]!;
    const right = samples[y * width + (x === width - 1 ? width - 2 : x + 1)]!;
    const laplacian = up + down + left + right - 4 * samples[y * width + x]!;
    sums.sum += laplacian;
    sums.squares += laplacian * laplacian;
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) add(x, y);
  for (let y = 1; y < height - 1; y++) for (const x of [0, width - 1]) add(x, y);
  return sums;
}

/**
 * Population variance of the Laplacian over all pixels, and the noise deviation of Immerkær (Fast Noise Variance
 * Estimation, CVIU 64, 1996, 300–302) over the interior ones, in one pass: they read the same neighbours.
 */
function edgeMeasures(plane: Plane): { readonly sharpness: number; readonly noise: number } {
  const { samples, width, height } = plane;
  let { sum, squares } = borderLaplacian(plane);
  let noise = 0;
  for (let y = 1; y < height - 1; y++) {
    const last = (y + 1) * width - 1;
    for (let at = y * width + 1; at < last; at++) {
      const above = at - width;
      const below = at + width;
      const edges = samples[above]! + samples[below]! + samples[at - 1]! + samples[at + 1]!;
      const corners = samples[above - 1]! + samples[above + 1]! + samples[below - 1]! + samples[below + 1]!;
      const centre = 4 * samples[at]!;
      const laplacian = edges - centre;
      sum += laplacian;
      squares += laplacian * laplacian;
      noise += Math.abs(corners - 2 * edges + centre);
    }
  }
  const count = width * height;
  return {
    sharpness: Math.max(0, (squares - (sum * sum) / count) / count),
    noise: (Math.sqrt(Math.PI / 2) * noise) / (6 * (width - 2) * (height - 2)),
  };
}

function toneMeasures(
  sums: Tone,
  count: number,
): Pick<ImageQuality, QualityMeasure | 'pixelCount' | 'reasons'> {
  const reasons: Partial<Record<QualityMeasure, QualityReason>> = {};
  const unit = 1000 * sums.full;
  const meanDeviation = sums.sum / count;
  const variance = Math.max(0, sums.squares / count - meanDeviation * meanDeviation) / (unit * unit);
  const channel = (total: number) => Math.log2(total / count / sums.full + 1);
  const grey = sums.coloured === 0;
  if (grey) Object.assign(reasons, { redGreenCast: 'GREY_IMAGE', blueGreenCast: 'GREY_IMAGE' });
  if (sums.nonBlack === 0) reasons.saturation = 'BLACK_IMAGE';
  return {
    mean: (sums.centre + meanDeviation) / unit,
    contrast: Math.sqrt(variance),
    robustContrast: quantile(sums.histogram, count, 0.95) - quantile(sums.histogram, count, 0.05),
    sharpness: null,
    noise: null,
    clippedHigh: sums.high / count,
    clippedLow: sums.low / count,
    saturation: sums.nonBlack === 0 ? null : sums.saturation / sums.nonBlack,
    redGreenCast: grey ? null : channel(sums.red) - channel(sums.green),
    blueGreenCast: grey ? null : channel(sums.blue) - channel(sums.green),
    pixelCount: count,
    reasons,
  };
}

/**
 * The quality measures of one image (docs/statistics.md, measurement bias), and the luminance plane they were
 * taken from: [0, 255], long side at most 1024 by area resampling (smaller images keep their size).
 */
export function imageQuality(raster: Raster): { readonly quality: ImageQuality; readonly plane: Plane } {
  const { width, height } = raster;
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  const sums = emptyTone(raster);
  const line = new Float32Array(width);
  const row = (y: number) => {
    tone(raster, y, line, sums);
    return line;
  };
  const reduced = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))] as const;
  const plane = areaResample({ width, height, row }, ...reduced);
  const measures = toneMeasures(sums, width * height);
  if (plane.width < 3 || plane.height < 3) {
    const reasons = { ...measures.reasons, sharpness: 'TOO_SMALL', noise: 'TOO_SMALL' } as const;
    return { quality: { ...measures, reasons }, plane };
  }
  return { quality: { ...measures, ...edgeMeasures(plane) }, plane };
}
