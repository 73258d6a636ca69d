import type { FittedComponent } from '../statistics/dawid-skene-by-component.ts';
import { type Estimate, estimate } from '../statistics/estimate.ts';
import { identityFindings } from '../statistics/identity-findings.ts';
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
  const { raters, allLooks, referenceOf, reference, units } = input;
  const whole =
    fitted.length === 1 && fitted[0]!.classes.length === input.classes.length ? fitted[0]!.fit : null;
  const found = identityFindings({
    ratings: allLooks,
    ...(whole === null ? {} : { fit: whole }),
    ...(reference === null ? {} : { referenceOf }),
  });
  const basis = (imageCount: number, method: string) => ({
    imageCount,
    unitCount: Math.min(units.unitCount, imageCount),
    method,
  });
  const share = (of: number, all: number, method: string, p: number | null = null) =>
    estimate({
      ...basis(all, method),
      value: of / all,
      p,
      status: 'INSUFFICIENT',
      reason: 'FINDING_WITHOUT_INTERVAL',
    });
  const count = (all: number) =>
    estimate({ ...basis(all, 'shared items'), value: all, status: 'INSUFFICIENT', reason: 'COUNT' });
  return found.flatMap((finding): RaterIdentity[] => {
    if (finding.kind === 'EQUALS_REFERENCE') {
      const names = [raters[finding.rater]!, reference!];
      return [
        {
          kind: finding.kind,
          names,
          sharedItems: count(finding.items),
          agreeing: share(finding.equal, finding.items, 'share equal to the reference', finding.p),
          expected: share(finding.bestOther * finding.items, finding.items, 'share of the best other rater'),
          sentence: `"${names[0]}" equals the reference "${names[1]}" on ${finding.equal} of ${finding.items} images: this rater may be where the reference comes from, so that agreement with it is circular.`,
        },
      ];
    }
    if (finding.kind !== 'IMPROBABLE_AGREEMENT') return [];
    const names = [raters[finding.first]!, raters[finding.second]!];
    return [
      {
        kind: finding.kind,
        names,
        sharedItems: count(finding.sharedItems),
        agreeing: share(finding.agreeing, finding.sharedItems, 'agreement of the two', finding.p),
        expected: share(
          finding.expected,
          finding.sharedItems,
          'agreement foretold of two who judge by themselves',
        ),
        sentence: `"${names[0]}" and "${names[1]}" agree on ${finding.agreeing} of ${finding.sharedItems} images, where ${finding.expected.toFixed(1)} were to be expected: they may be one person, or one saw the other's labels.`,
      },
    ];
  });
}
