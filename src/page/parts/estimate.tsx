import { graphql, type ResultOf } from '../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../language.tsx';

export const EstimateFields = graphql(`
  fragment EstimateFields on Estimate @_unmask {
    value
    status
    reason
    method
    imageCount
    unitCount
    interval { lower upper level method }
  }
`);

export type Estimate = ResultOf<typeof EstimateFields>;

const WORDS = dictionary(
  {
    of: (images: string, units: string) => `${counted(images, 'image')} of ${counted(units, 'unit')}`,
    not: 'not estimable',
  },
  {
    of: (images: string, units: string) => `${counted(images, 'image')} de ${counted(units, 'unité')}`,
    not: 'non estimable',
  },
);

/** "0.86 [0.85, 0.87]", or why there is no figure; never a bare number without its n. */
export function Figured({ estimate, withCounts = true }: { estimate: Estimate; withCounts?: boolean }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const { value, interval, reason, method } = estimate;
  const counts = words.of(format.whole(estimate.imageCount), format.whole(estimate.unitCount));
  if (value === null)
    return (
      <span class="estimate">
        <em>{words.not}</em> {reason && <span lang="en">({reason})</span>}
      </span>
    );
  return (
    <span class="estimate" title={interval ? `${method}; ${interval.method}` : method}>
      <strong>{format.figure(value)}</strong>{' '}
      {interval && (
        <>
          [{format.figure(interval.lower)}, {format.figure(interval.upper)}]{' '}
        </>
      )}
      {withCounts && <small>{counts}</small>}
      {reason && <small lang="en"> {reason}</small>}
    </span>
  );
}
