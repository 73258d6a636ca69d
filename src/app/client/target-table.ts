import type { TargetDeclaration } from '../../bias/target/target-declaration.ts';
import { DomainError, type Reason } from '../../kernel/errors.ts';

export interface TargetTable extends Pick<TargetDeclaration, 'shares' | 'strata'> {
  readonly factors: readonly string[];
  /** Cells that say nothing that a target could say; their strata stand among the others. */
  readonly unreadable: readonly Reason[];
}

const MARGINS = ['factor', 'level', 'share'];
const NOT_FACTORS = ['share', 'structural_zero'];
const WORDS: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, '1': true },
  ...{ false: false, no: false, '0': false, '': false },
};

/**
 * A target of a table with a column `share`: with `factor` and `level` its margins, else joint strata, every other
 * column a factor, and `structural_zero` (true or false) saying what cannot occur.
 */
export function targetTable(rows: readonly Readonly<Record<string, string>>[], path: string): TargetTable {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.includes('factor') && columns.includes('level')) return margins(rows, columns, path);
  const factors = columns.filter((column) => !NOT_FACTORS.includes(column));
  const unreadable: Reason[] = [];
  const strata = rows.map((row, index) => {
    const word = row.structural_zero ?? '';
    const structuralZero = WORDS[word.toLowerCase()];
    if (structuralZero === undefined)
      unreadable.push({
        path: ['strata', String(index), 'structural_zero'],
        code: 'BAD_INPUT',
        message: `"${word}" is neither true nor false.`,
      });
    const levels = factors.map((factor) => ({ factor, level: row[factor]! }));
    return { levels, share: row.share!, structuralZero: structuralZero ?? false };
  });
  return { shares: [], strata, factors, unreadable };
}

function margins(
  rows: readonly Readonly<Record<string, string>>[],
  columns: readonly string[],
  path: string,
): TargetTable {
  const others = columns.filter((column) => !MARGINS.includes(column));
  if (others.length > 0)
    throw new DomainError(
      'UNKNOWN_COLUMN',
      `${path}: a table of ${MARGINS.join(', ')} has no column ${others.join(', ')}.`,
    );
  const shares = rows.map(({ factor, level, share }) => ({
    factor: factor!,
    level: level!,
    share: share!,
  }));
  return { shares, strata: [], factors: [...new Set(shares.map(({ factor }) => factor))], unreadable: [] };
}
