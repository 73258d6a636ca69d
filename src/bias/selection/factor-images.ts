import { sum } from '../../statistics/sum.ts';
import type { BiasCounts, ClassUnitsRow, LevelRow } from '../bias-counts.ts';
import type { FactorImages } from './factor-selection.ts';

/** The factors' images by bucket and level; the label too, where an image has one. */
export function factorImages(
  counts: BiasCounts,
  cells: readonly LevelRow[],
  classUnits: readonly ClassUnitsRow[],
): FactorImages[] {
  const { population, factors, factorUnits, labels, labelledUnits, presence } = counts;
  const { unitCount } = population;
  const rowsOf = factors.map((): LevelRow[] => []);
  for (const row of cells) rowsOf[row.factor]!.push(row);
  const recorded = factors.flatMap(({ name, kind, status, levels }, factor): FactorImages[] => {
    if (kind === 'CONTINUOUS' || status !== 'COUNTED') return [];
    const knownUnits = factorUnits[factor]!.known;
    return [{ name, status, levels, rows: rowsOf[factor]!, knownUnits, unitCount, alwaysShown: [] }];
  });
  if (labels.mode === 'MULTIPLE' || labelledUnits === 0) return recorded;
  const levels = labels.classes.map((level) => ({
    level,
    images: sum(presence.map(({ label, images }) => (label === level ? images : 0))),
    units: sum(classUnits.map(({ label, units }) => (label === level ? units : 0))),
  }));
  const label: FactorImages = {
    name: 'label',
    status: 'COUNTED',
    levels,
    rows: presence.map(({ bucket, label: level, images }) => ({ bucket, level, images })),
    knownUnits: labelledUnits,
    unitCount,
    alwaysShown: labels.classes,
  };
  return [...recorded, label];
}
