import type { PartShares } from './part-shares.ts';
import { type SplitUnit, unitsByLabel } from './split-units.ts';

/**
 * Deals units out to parts; returns the index of each unit's part, by the unit's name.
 *
 * Iterative stratification (Sechidis, Tsoumakas & Vlahavas 2011, ECML PKDD, algorithm 1) with units in place of
 * examples and counts of images in place of single labels: the label with the fewest images left is dealt first
 * (ties: byte order of labels), its units in the given order, each to the open part that lacks most images of
 * that label; ties go to the part that lacks most images, then to the earlier part. Units without a label come
 * last, to the part that lacks most images. One rule serves images, groups, single and several labels.
 *
 * What a part lacks is kept in images times `scale`: integers, exact up to 2^53.
 */
export function dealUnits(units: readonly SplitUnit[], shares: PartShares): Map<string, number> {
  const carriers = unitsByLabel(units);
  const deal = beginDeal(units, carriers, shares);
  for (let label = rarestLabel(deal); label !== null; label = rarestLabel(deal)) {
    for (const unit of carriers.get(label)!) {
      if (!deal.partOf.has(unit.name)) give(deal, unit, label);
    }
  }
  for (const unit of units) if (!deal.partOf.has(unit.name)) give(deal, unit, null);
  return deal.partOf;
}

interface Deal {
  readonly scale: number;
  readonly partOf: Map<string, number>;
  /** Per part: images it still lacks; negative once it has more than its share. */
  readonly lacking: number[];
  /** Label → the same per part, counting the images that carry the label. */
  readonly lackingOf: Map<string, number[]>;
  /** Label → its images not yet dealt. */
  readonly leftOf: Map<string, number>;
  /** Images not yet dealt, and the size of the largest unit. */
  left: number;
  readonly largest: number;
  /** Sum over the parts of what each lacks, rounded down to whole largest units. */
  whole: number;
}

function beginDeal(
  units: readonly SplitUnit[],
  carriers: ReadonlyMap<string, readonly SplitUnit[]>,
  { weights, scale }: PartShares,
): Deal {
  const leftOf = new Map<string, number>();
  for (const [label, list] of carriers) {
    leftOf.set(
      label,
      list.reduce((total, unit) => total + unit.labels.get(label)!, 0),
    );
  }
  const images = units.reduce((total, unit) => total + unit.images.length, 0);
  const largest = units.reduce((most, unit) => Math.max(most, unit.images.length), 0) * scale;
  const lacking = weights.map((weight) => weight * images);
  return {
    scale,
    partOf: new Map(),
    lacking,
    lackingOf: new Map([...leftOf].map(([label, total]) => [label, weights.map((weight) => weight * total)])),
    leftOf,
    left: images * scale,
    largest,
    whole: lacking.reduce((sum, lack) => sum + wholeUnits(lack, largest), 0),
  };
}

function wholeUnits(lack: number, largest: number): number {
  return lack > 0 ? lack - (lack % largest) : 0;
}

function rarestLabel({ leftOf }: Deal): string | null {
  let rarest: string | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [label, left] of leftOf) {
    if (left > 0 && left < fewest) {
      rarest = label;
      fewest = left;
    }
  }
  return rarest;
}

function give(deal: Deal, unit: SplitUnit, label: string | null): void {
  const { scale, lacking, lackingOf, leftOf, partOf } = deal;
  const size = unit.images.length * scale;
  const part = choosePart(deal, size, label === null ? lacking : lackingOf.get(label)!);
  partOf.set(unit.name, part);
  const before = lacking[part]!;
  lacking[part] = before - size;
  deal.whole += wholeUnits(before - size, deal.largest) - wholeUnits(before, deal.largest);
  deal.left -= size;
  for (const [carried, images] of unit.labels) {
    lackingOf.get(carried)![part]! -= images * scale;
    leftOf.set(carried, leftOf.get(carried)! - images);
  }
}

/**
 * A part is open while it lacks at least the largest unit; or while it lacks anything at all, provided that what
 * is left after this unit still covers the whole units that all parts lack. This quota keeps every part within
 * one unit of its share when units are of equal size, whatever the labels ask for. Some part is always open.
 */
function choosePart(
  { lacking, largest, left, whole }: Deal,
  size: number,
  lackingOfLabel: readonly number[],
): number {
  const fractionsOpen = whole <= left - size;
  let best = -1;
  for (let part = 0; part < lacking.length; part++) {
    const lack = lacking[part]!;
    if (lack < largest && !(lack > 0 && fractionsOpen)) continue;
    if (best === -1) best = part;
    else {
      const more = lackingOfLabel[part]! - lackingOfLabel[best]! || lack - lacking[best]!;
      if (more > 0) best = part;
    }
  }
  return best;
}
