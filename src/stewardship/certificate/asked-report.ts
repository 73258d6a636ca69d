import type { Split } from '../../splits/split.ts';

/** What a certificate asks of the split report: that groups of the split's own key are held apart, or else units. */
export function askedReport({ name, groupBy }: Split): { readonly split: string; readonly group: string } {
  return { split: name, group: groupBy ?? 'unit' };
}
