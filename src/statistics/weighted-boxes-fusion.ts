import { compareText } from '../kernel/compare-text.ts';
import { type Box, boxOverlap } from './box-overlap.ts';

export interface WeightedBox extends Box {
  readonly id: string;
  /** Indexes of who drew it and of its class. */
  readonly annotator: number;
  readonly class: number;
  /** The annotator's weight, above 0: 1, or an estimated accuracy. */
  readonly weight: number;
}

export interface FusionOptions {
  /** How many annotators saw the image, those who drew nothing included. */
  readonly seenBy: number;
  /** A box joins a fused box that it overlaps by more than this. */
  readonly threshold?: number;
  /** False lets several boxes of one annotator into one fused box, as between boxes of a model not yet thinned out. */
  readonly oneBoxEach?: boolean;
  /** A fused box is kept where more than this share of those who saw the image support it. */
  readonly supportAbove?: number;
}

export interface FusedBox extends Box {
  readonly class: number;
  /** Ids of the boxes fused, ascending. */
  readonly members: readonly string[];
  /** Share, of those who saw the image, of annotators with a box in it. */
  readonly support: number;
  /** Standard deviations (n − 1) of the four sides: how sure the location is. Null for a single box. */
  readonly deviations: Box | null;
}

interface Cluster {
  members: WeightedBox[];
  fused: Box;
}

type Side = keyof Box;

/**
 * Weighted boxes fusion: class by class, boxes in falling order of weight (ties by id) join the cluster whose current
 * fused box they overlap most, if by more than .55, or else open one; a side of the fused box is the weighted mean of its
 * members' sides. An annotator has at most one box in a cluster: of two the one that overlaps the others' fused box more
 * stays, and the other one looks for a cluster without this annotator. Kept is what more than half of those who saw the image
 * support. By class, then falling support, then first member. The same boxes in any order give the same result.
 * Solovyev, Wang & Gabruseva 2021, Image and Vision Computing 107:104117.
 */
export function weightedBoxesFusion(boxes: readonly WeightedBox[], options: FusionOptions): FusedBox[] {
  const { seenBy, threshold = 0.55, oneBoxEach = true, supportAbove = 0.5 } = options;
  const ordered = [...boxes].sort((a, b) => b.weight - a.weight || compareText(a.id, b.id));
  const classes = [...new Set(boxes.map((box) => box.class))].sort((a, b) => a - b);
  const fused: FusedBox[] = [];
  for (const one of classes) {
    const clusters: Cluster[] = [];
    for (const box of ordered) if (box.class === one) place(box, clusters, threshold, oneBoxEach);
    const made = clusters.map(({ members, fused }) => fusedBox(one, members, fused, seenBy));
    const kept = made.filter(({ support }) => support > supportAbove);
    fused.push(...kept.sort((a, b) => b.support - a.support || compareText(a.members[0]!, b.members[0]!)));
  }
  return fused;
}

function place(box: WeightedBox, clusters: Cluster[], threshold: number, oneBoxEach: boolean): void {
  const best = bestCluster(box, clusters, threshold);
  const rival = oneBoxEach ? best?.members.find(({ annotator }) => annotator === box.annotator) : undefined;
  if (best === null || rival === undefined) {
    join(box, best, clusters);
    return;
  }
  const others = best.members.filter((member) => member !== rival);
  const isBetter = others.length > 0 && boxOverlap(box, fuse(others)) > boxOverlap(rival, fuse(others));
  if (isBetter) {
    best.members = [...others, box];
    best.fused = fuse(best.members);
  }
  const left = isBetter ? rival : box;
  const free = clusters.filter(({ members }) =>
    members.every(({ annotator }) => annotator !== left.annotator),
  );
  join(left, bestCluster(left, free, threshold), clusters);
}

function join(box: WeightedBox, cluster: Cluster | null, clusters: Cluster[]): void {
  if (cluster === null) {
    clusters.push({ members: [box], fused: box });
    return;
  }
  cluster.members.push(box);
  cluster.fused = fuse(cluster.members);
}

function bestCluster(box: Box, clusters: readonly Cluster[], threshold: number): Cluster | null {
  let best: Cluster | null = null;
  let highest = threshold;
  for (const cluster of clusters) {
    const overlap = boxOverlap(box, cluster.fused);
    if (overlap > highest) [best, highest] = [cluster, overlap];
  }
  return best;
}

function fuse(members: readonly WeightedBox[]): Box {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return ofSides((side) => members.reduce((sum, box) => sum + box.weight * box[side], 0) / total);
}

function fusedBox(
  one: number,
  members: readonly WeightedBox[],
  { left, top, right, bottom }: Box,
  seenBy: number,
): FusedBox {
  const annotators = new Set(members.map(({ annotator }) => annotator)).size;
  return {
    left,
    top,
    right,
    bottom,
    class: one,
    members: members.map(({ id }) => id).sort(compareText),
    support: annotators / Math.max(seenBy, annotators),
    deviations: members.length < 2 ? null : ofSides((side) => deviation(members.map((box) => box[side]))),
  };
}

function ofSides(value: (side: Side) => number): Box {
  return { left: value('left'), top: value('top'), right: value('right'), bottom: value('bottom') };
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
