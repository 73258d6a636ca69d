import { expandRuns, type RunLengthEncoding } from '../annotation/run-length-encoding.ts';
import type { Region } from './label-regions.ts';

/** Below this overlap two masks are two things. */
const SAME_OBJECT = 0.5;

/**
 * Which object of the model each object of a person corrects, by index; absent for one that the person added. Editors
 * keep the id of an object that is edited: the same id is the same object where the two share a pixel. What is left is
 * joined by the greatest intersection over union from .5 on, one to one, in the order of the objects where equal.
 */
export function linkCorrections(
  corrected: readonly Region[],
  predicted: readonly Region[],
): ReadonlyMap<number, number> {
  const spans = { corrected: corrected.map(spansOf), predicted: predicted.map(spansOf) };
  const links = new Map<number, number>();
  const byId = new Map(predicted.map(({ id }, index) => [id, index]));
  for (const [index, { id }] of corrected.entries()) {
    const same = byId.get(id);
    if (same !== undefined && overlap(spans.corrected[index]!, spans.predicted[same]!) > 0)
      links.set(index, same);
  }
  const taken = new Set(links.values());
  const pairs = corrected.flatMap((_, index) =>
    links.has(index)
      ? []
      : predicted.flatMap((_, other) => {
          const ratio = taken.has(other) ? 0 : overlap(spans.corrected[index]!, spans.predicted[other]!);
          return ratio >= SAME_OBJECT ? [{ index, other, ratio }] : [];
        }),
  );
  pairs.sort(
    (left, right) => right.ratio - left.ratio || left.index - right.index || left.other - right.other,
  );
  for (const { index, other } of pairs) {
    if (links.has(index) || taken.has(other)) continue;
    links.set(index, other);
    taken.add(other);
  }
  return links;
}

interface Spans {
  /** First pixel and the one after the last of each foreground run, in column-major order. */
  readonly edges: readonly (readonly [number, number])[];
  readonly area: number;
}

function spansOf({ mask }: { mask: RunLengthEncoding }): Spans {
  const edges: [number, number][] = [];
  let at = 0;
  let area = 0;
  for (const [index, run] of expandRuns(mask.counts).entries()) {
    if (index % 2 === 1) {
      edges.push([at, at + run]);
      area += run;
    }
    at += run;
  }
  return { edges, area };
}

/** Intersection over union. */
function overlap(one: Spans, other: Spans): number {
  let [left, right, shared] = [0, 0, 0];
  while (left < one.edges.length && right < other.edges.length) {
    const [a, b] = one.edges[left]!;
    const [c, d] = other.edges[right]!;
    shared += Math.max(0, Math.min(b, d) - Math.max(a, c));
    if (b < d) left++;
    else right++;
  }
  return shared / (one.area + other.area - shared);
}
