import type { FittedComponent } from '../../statistics/dawid-skene-by-component.ts';
import { type Estimate, estimate } from '../../statistics/estimate.ts';
import { identityFindings } from '../../statistics/identity-findings.ts';
import type { RaterColumns } from './rater-columns.ts';

/** A suspicion that names are not different people; for a person to look into, never acted upon. */
export interface RaterIdentity {
  readonly kind: 'IMPROBABLE_AGREEMENT' | 'EQUALS_REFERENCE';
  /** Two raters, or a rater and the reference. */
  readonly names: readonly string[];
  readonly sharedItems: Estimate;
  /** Share of those on which both say the same; p, corrected for all pairs looked at. */
  readonly agreeing: Estimate;
  /** Share on which they would agree as two who judge by themselves. */
  readonly expected: Estimate;
  readonly sentence: string;
}

/** Whose names may be one person, or the reference: on all looks, judged by the model where one fits all ratings. */
export function raterIdentities(input: RaterColumns, fitted: readonly FittedComponent[]): RaterIdentity[] {
  const { raters, allLooks, referenceOf, reference } = input;
  const whole =
    fitted.length === 1 && fitted[0]!.classes.length === input.classes.length ? fitted[0]!.fit : null;
  const found = identityFindings({
    ratings: allLooks,
    ...(whole === null ? {} : { fit: whole }),
    ...(reference === null ? {} : { referenceOf }),
  });
  const figuresOn = (imageCount: number, unitCount: number) => ({
    count: () => estimate({ imageCount, unitCount, method: 'shared items', value: imageCount }),
    share: (of: number, method: string, p: number | null = null) =>
      estimate({
        ...{ imageCount, unitCount, method, value: of / imageCount, p },
        status: 'INSUFFICIENT',
        reason: 'FINDING_WITHOUT_INTERVAL',
      }),
  });
  return found.flatMap((finding): RaterIdentity[] => {
    if (finding.kind === 'EQUALS_REFERENCE') {
      const names = [raters[finding.rater]!, reference!];
      const units = sharedUnits(input, (item, by) => referenceOf[item]! >= 0 && by.has(finding.rater));
      const { count, share } = figuresOn(finding.items, units);
      return [
        {
          kind: finding.kind,
          names,
          sharedItems: count(),
          agreeing: share(finding.equal, 'share equal to the reference', finding.p),
          expected: share(finding.bestOther * finding.items, 'share of the best other rater'),
          sentence: `"${names[0]}" equals the reference "${names[1]}" on ${finding.equal} of ${finding.items} images: this rater may be where the reference comes from, so that agreement with it is circular.`,
        },
      ];
    }
    if (finding.kind !== 'IMPROBABLE_AGREEMENT') return [];
    const { first, second } = finding;
    const names = [raters[first]!, raters[second]!];
    // As `leaveTwoOutPosteriors` counts: a third person rated it too, and each of the two looked once.
    const units = sharedUnits(input, (_, by) => by.get(first) === 1 && by.get(second) === 1 && by.size > 2);
    const { count, share } = figuresOn(finding.sharedItems, units);
    return [
      {
        kind: finding.kind,
        names,
        sharedItems: count(),
        agreeing: share(finding.agreeing, 'agreement of the two', finding.p),
        expected: share(finding.expected, 'agreement foretold of two who judge by themselves'),
        sentence: `"${names[0]}" and "${names[1]}" agree on ${finding.agreeing} of ${finding.sharedItems} images, where ${finding.expected.toFixed(1)} were to be expected: they may be one person, or one saw the other's labels.`,
      },
    ];
  });
}

/** Distinct units of the items that `isShared` takes, by the item and how often each rater looked at it. */
function sharedUnits(
  { allLooks: { itemOf, annotatorOf }, columns }: RaterColumns,
  isShared: (item: number, by: ReadonlyMap<number, number>) => boolean,
): number {
  const looksOf = new Map<number, Map<number, number>>();
  itemOf.forEach((item, look) => {
    const by = looksOf.get(item) ?? new Map<number, number>();
    looksOf.set(item, by.set(annotatorOf[look]!, (by.get(annotatorOf[look]!) ?? 0) + 1));
  });
  const units = new Set<number>();
  for (const [item, by] of looksOf) if (isShared(item, by)) units.add(columns.unitOf[item]!);
  return units.size;
}
