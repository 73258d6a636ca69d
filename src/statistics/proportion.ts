import type { Estimate } from './estimate.ts';
import { figure, noFigure } from './figure.ts';
import type { BucketedTable } from './jackknife.ts';
import { estimateWithInterval, jackknifeEstimate } from './jackknife-estimate.ts';
import { SHARE } from './jackknife-interval.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * Share of images with a property; cells [images with it, all images]. Range [0, 1]. Wilson's interval where every
 * image is its own unit, the jackknife otherwise (an image-level interval would cover 65 to 75 % in place of 95).
 * No image: EMPTY.
 */
export function proportion(table: BucketedTable, method = 'share', level = 0.95): Estimate {
  const share = ([hits, all]: readonly number[]) =>
    all! > 0 ? figure(hits! / all!) : noFigure('EMPTY', 'NO_IMAGE');
  if (table.unitCount !== table.imageCount) {
    return jackknifeEstimate(table, share, { method, range: SHARE, level });
  }
  const [hits, all] = table.total;
  const basis = { imageCount: table.imageCount, unitCount: table.unitCount, method };
  return estimateWithInterval(share(table.total), wilsonInterval(hits!, all!, level), basis);
}
