import type { SplitCertificate } from './split-certificate.ts';

type Finding<T> =
  | { status: 'EXAMINED'; count: number; listed: readonly T[] }
  | { status: 'NOT_EXAMINED'; reason: string };

/** A certificate as its readers see it: findings of one form, whichever kind they are of. */
export function certificateView(certificate: SplitCertificate) {
  const { leakage, missingGroupKeys } = certificate;
  return {
    algorithm: certificate.algorithm,
    leaks: leakage.leaks,
    counts: certificate.counts,
    sharedGroups: findingView(leakage.sharedGroups, (shared) => shared),
    exactDuplicates: findingView(leakage.exactDuplicates, ({ images, parts }) => ({
      images,
      parts,
      distance: 0,
      correlation: null,
    })),
    nearDuplicates: findingView(
      leakage.nearDuplicates as Finding<NearAcross>,
      ({ first, second, ...pair }) => ({ images: [first, second], ...pair }),
    ),
    missingGroupKeys: missingGroupKeys.status === 'OK' ? missingGroupKeys : null,
    waiver: certificate.waiver,
  };
}

interface NearAcross {
  readonly first: string;
  readonly second: string;
  readonly parts: readonly string[];
  readonly distance: number;
  readonly correlation: string | null;
}

function findingView<T, V>(finding: Finding<T>, view: (item: T) => V) {
  if (finding.status === 'NOT_EXAMINED')
    return { status: finding.status, reason: finding.reason, count: null, listed: [] };
  return { status: finding.status, reason: null, count: finding.count, listed: finding.listed.map(view) };
}
