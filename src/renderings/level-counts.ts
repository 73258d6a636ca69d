import { compareText } from '../kernel/compare-text.ts';

/** Different values are counted up to here, so that a column of a name an image cannot fill the memory. */
const MOST_LEVELS = 100_000;

/** How often each value occurs. */
export class ValueCounts {
  private readonly counts = new Map<string, number>();

  add(value: string, count = 1): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + count);
  }

  of(value: string): number {
    return this.counts.get(value) ?? 0;
  }

  sum(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** In the order of the values' code points. */
  list(): { value: string; count: number }[] {
    return [...this.counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => compareText(a.value, b.value));
  }
}

/** How many different values there are. */
export class LevelCount {
  private readonly levels = new Set<string>();
  isMore = false;

  get count(): number {
    return this.levels.size;
  }

  add(value: string): void {
    if (this.levels.size < MOST_LEVELS) this.levels.add(value);
    else this.isMore ||= !this.levels.has(value);
  }
}
