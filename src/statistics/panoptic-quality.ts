import { type Figure, figure, noFigure } from './figure.ts';

/**
 * Panoptic quality ΣIoU/(TP + ½FP + ½FN) = 2·ΣIoU/(n_a + n_b) of objects matched between two annotators, a and b: the mean
 * overlap of the matched, times F1. Range [0, 1]. Neither drew an object: NOT_APPLICABLE, NO_OBJECT.
 * Kirillov et al. 2019, CVPR, arXiv:1801.00868.
 */
export function panopticQuality(summedOverlap: number, objects: number): Figure {
  if (!(objects > 0)) return noFigure('NOT_APPLICABLE', 'NO_OBJECT');
  return figure(Math.min(1, (2 * summedOverlap) / objects));
}
