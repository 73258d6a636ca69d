import { compareText } from '../kernel/compare-text.ts';
import { splitOrder } from './split-order.ts';
import { type SplitRequest, type SplitSubject, splitTraits } from './split-strategy.ts';

/** What goes into one part as a whole: a group of images, or one image. */
export interface SplitUnit {
  readonly name: string;
  /** Image ids. */
  readonly images: string[];
  /** Label → number of the unit's images that carry it; empty unless the split is stratified. */
  readonly labels: Map<string, number>;
}

const NO_LABELS: Map<string, number> = new Map();

/** The unit of an image: its group in a grouped split; itself where the group is unknown or none is asked for. */
export function unitOf(subject: SplitSubject, grouped: boolean): string {
  return (grouped ? subject.group : null) ?? subject.image;
}

/** The units of a split in the order in which they are dealt out. */
export function splitUnits(request: SplitRequest, subjects: readonly SplitSubject[]): SplitUnit[] {
  const { grouped, stratified } = splitTraits(request.strategy);
  const units = new Map<string, SplitUnit>();
  for (const subject of subjects) {
    const name = unitOf(subject, grouped);
    let unit = units.get(name);
    if (unit === undefined) {
      unit = { name, images: [], labels: stratified ? new Map() : NO_LABELS };
      units.set(name, unit);
    }
    unit.images.push(subject.image);
    if (!stratified) continue;
    for (const label of new Set(subject.labels)) unit.labels.set(label, (unit.labels.get(label) ?? 0) + 1);
  }
  return splitOrder(request.seed, units.keys()).map((name) => units.get(name)!);
}

/** Every label of the units, in byte order, with the units that carry it in the order of dealing. */
export function unitsByLabel(units: readonly SplitUnit[]): Map<string, SplitUnit[]> {
  const carriers = new Map<string, SplitUnit[]>();
  for (const unit of units) {
    for (const label of unit.labels.keys()) {
      const list = carriers.get(label);
      if (list === undefined) carriers.set(label, [unit]);
      else list.push(unit);
    }
  }
  return new Map([...carriers].sort(([first], [second]) => compareText(first, second)));
}
