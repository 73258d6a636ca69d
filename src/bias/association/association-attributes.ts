import type { CodedVariable, UnitStructure } from '../../statistics/coded-variable.ts';
import { type UnitsPerLevel, unitsPerLevel } from '../../statistics/units-per-level.ts';
import type { Condition } from '../images/image-selection.ts';
import type { Factor, NamedVariable } from '../subjects/subjects.ts';
import { binRange } from '../variables/bin-range.ts';
import { levelCondition } from '../variables/level-condition.ts';
import { FEWEST_UNITS_OF_A_LEVEL, poolLevels } from '../variables/pool-levels.ts';

/** A factor as it is held against the label: levels of fewer than five units pooled, bins joined with the next. */
export interface Attribute {
  readonly name: string;
  readonly kind: Factor['kind'];
  readonly levels: readonly string[];
  /** Of each level: its images; null where no condition can say them. */
  readonly conditions: readonly (Condition | null)[];
  readonly variable: CodedVariable;
  readonly units: UnitsPerLevel;
  /** CONTINUOUS: the numbers themselves, NaN where unknown. */
  readonly numbers: Float64Array | null;
}

/** The images in unit order (`inUnitOrder`). Null: no image has a value. */
export function attributeOf(
  { name, kind, numbers }: Factor,
  variable: NamedVariable,
  units: UnitStructure,
): Attribute | null {
  const counts = unitsPerLevel(variable, units);
  if (counts.imageCount === 0) return null;
  const common = { name, kind, numbers };
  if (kind === 'CONTINUOUS') {
    const joined = joinedBins(variable, counts, units);
    const conditions = joined.names.map((level) =>
      levelCondition({ name, kind }, { level, kind: 'LEVEL' }, []),
    );
    return { ...common, conditions, levels: joined.names, variable: joined, units: joined.units };
  }
  const present = variable.names.flatMap((level, code) =>
    counts.images[code] === 0 ? [] : [{ level, images: counts.images[code]!, units: counts.having[code]! }],
  );
  const pooled = poolLevels(present);
  const shown = pooled.levels.flatMap((row) => (row.kind === 'LEVEL' ? [row.level] : []));
  const places = Int16Array.from(variable.names, pooled.indexOf);
  const recoded = recode(variable, places, pooled.levels.length);
  return {
    ...common,
    levels: pooled.levels.map(({ level }) => level),
    conditions: pooled.levels.map((row) => levelCondition({ name, kind }, row, shown)),
    variable: recoded,
    units: shown.length === pooled.levels.length ? moved(counts, places) : unitsPerLevel(recoded, units),
  };
}

/** The counts of levels that have only changed places; levels without an image have none. */
function moved(counts: UnitsPerLevel, places: Int16Array): UnitsPerLevel {
  const { images, having, lacking } = counts;
  const present = [...places.keys()].filter((code) => images[code]! > 0);
  const codes = Int32Array.from(present.toSorted((a, b) => places[a]! - places[b]!));
  const move = (of: Int32Array) => codes.map((code) => of[code]!);
  return { ...counts, images: move(images), having: move(having), lacking: move(lacking) };
}

interface JoinedBins extends NamedVariable {
  readonly units: UnitsPerLevel;
}

/** Bins of fewer than five units joined with the bin above, the last with the one below, until none is left. */
function joinedBins(bins: NamedVariable, counts: UnitsPerLevel, units: UnitStructure): JoinedBins {
  const thin = counts.having.findIndex((having) => having < FEWEST_UNITS_OF_A_LEVEL);
  if (thin < 0 || bins.levels === 1) return { ...bins, units: counts };
  const first = Math.min(thin, bins.levels - 2);
  const places = Int16Array.from(bins.names, (_, bin) => (bin > first ? bin - 1 : bin));
  const names = bins.names.flatMap((name, bin) => {
    if (bin === first + 1) return [];
    return [bin === first ? joinedName(name, bins.names[bin + 1]!) : name];
  });
  const joined = { ...recode(bins, places, names.length), names };
  return joinedBins(joined, unitsPerLevel(joined, units), units);
}

/** As `quantileBins` names them. */
function joinedName(lower: string, upper: string): string {
  const from = binRange(lower)?.from ?? null;
  const below = binRange(upper)?.below ?? null;
  if (from === null) return below === null ? 'any number' : `< ${below}`;
  return below === null ? `≥ ${from}` : `${from} to < ${below}`;
}

function recode({ codes }: CodedVariable, places: Int16Array, levels: number): CodedVariable {
  const recoded = new Int16Array(codes.length);
  for (let image = 0; image < codes.length; image += 1) {
    const code = codes[image]!;
    recoded[image] = code < 0 ? -1 : places[code]!;
  }
  return { codes: recoded, levels };
}
