import type { CertificateDocument } from './certificate-document.ts';
import { type CertificateHeading, certificateHeading } from './certificate-heading.ts';
import { adversarial, balance, duplicates, groups, tested } from './evidence-sections.ts';
import { limitsText, type PageSection, section, table, words } from './page-parts.ts';

/** A certificate as it is read by people, in whatever form it is written. */
export interface CertificatePage extends CertificateHeading {
  readonly title: string;
  readonly sections: readonly PageSection[];
}

const TREATMENTS = {
  EACH_IMAGE_ITS_OWN_GROUP: 'each of them was taken as a group of its own',
  NOT_USED: 'the strategy does not keep groups whole, so the key was not used',
} as const;

const READING =
  'Below every figure stands on how many images and independent units it rests (n = images / units); in brackets its interval. What has no interval says why, unless it is a count of all there is or a property of the random assignments drawn. The JSON of this certificate has all figures unrounded, each with its method.';

/** `digest`: SHA-256 of the certificate's JSON, in hexadecimal. */
export function certificatePage(certificate: CertificateDocument, digest: string): CertificatePage {
  return {
    title: `Certificate of the split “${certificate.name}” of ${certificate.dataset}`,
    ...certificateHeading(certificate),
    sections: [
      judgements(certificate),
      identity(certificate, digest),
      parts(certificate),
      groups(certificate),
      duplicates(certificate),
      balance(certificate),
      adversarial(certificate),
      tested(certificate),
      method(certificate),
    ],
  };
}

function judgements({ cards }: CertificateDocument): PageSection {
  return section('Judgements', {
    tables: [
      table('What was asked, and what was found', ['', 'judgement', 'finding', 'effect', 'thresholds'], {
        rows: cards.map(({ kind, colour, certainty, sentence, headline, threshold }) => [
          words(kind),
          { colour, text: certainty.toLowerCase() },
          sentence,
          headline,
          limitsText(threshold.limits),
        ]),
      }),
    ],
    notes: [READING, ...new Set(cards.flatMap(({ caveats }) => caveats))],
  });
}

function identity(certificate: CertificateDocument, digest: string): PageSection {
  const { split, snapshot, manifest, population } = certificate;
  const asked =
    split.folds === null ? split.parts.map(({ name, share }) => `${name} ${share}`).join(', ') : '';
  return section('What is certified', {
    facts: [
      ['Dataset', `${certificate.dataset}, the split as of revision ${certificate.revision}`],
      ...(snapshot === null ? [] : [['Snapshot', snapshot] as const]),
      ['Split', certificate.name],
      ['Digest of the split', certificate.digest],
      ['Strategy', split.strategy],
      ['Algorithm', split.algorithm],
      ['Seed', JSON.stringify(split.seed)],
      ...(split.folds === null ? [] : [['Folds asked for', String(split.folds)] as const]),
      ...(asked === '' ? [] : [['Parts asked for', asked] as const]),
      ['Group key', split.groupBy ?? 'none: each image may go anywhere'],
      ['Kept in proportion', split.stratifyBy ?? 'nothing'],
      ['Images assigned', String(split.size)],
      ['Manifest of ids', `GET ${manifest.address}`],
      ['Root of the manifest', manifest.root],
      ['Recompute it', `curl … ${manifest.address} | python3 ${manifest.recompute}`],
      ['Digest of this certificate', `sha256:${digest} (of its JSON)`],
    ],
    tables: [
      table('The images that the figures below are of', ['', 'count'], {
        rows: [
          ['images', population.images],
          ['units', population.units],
          ['images of the split that are not here', population.absentImages],
          ['images of unknown unit', population.imagesOfUnknownUnit],
        ],
      }),
    ],
  });
}

function parts({
  parts: { listed, groupCounts },
  missingGroupKeys: missing,
  split,
}: CertificateDocument): PageSection {
  const isKnown = missing.key !== null;
  return section('Parts', {
    tables: [
      table('Images and groups of each part', ['part', 'taken as', 'asked', 'images', 'share', 'groups'], {
        rows: listed.map(({ part, takenAs, asked, images, share, groups: groupsOf }) => [
          part,
          takenAs?.toLowerCase() ?? '',
          asked ?? '',
          images,
          share,
          groupsOf,
        ]),
        all: Math.max(listed.length, split.counts.length),
      }),
      ...(isKnown
        ? [
            table('Images without a group key', ['key', 'images', 'share'], {
              rows: [[missing.key, missing.images, missing.share]],
            }),
          ]
        : []),
    ],
    notes: [
      isKnown
        ? missing.images.value === 0
          ? `The ${missing.key} of every image is known.`
          : `Images of unknown ${missing.key}: ${TREATMENTS[missing.treatment]}.`
        : 'The split has no group key, so none can be missing.',
      ...(groupCounts === null ? [] : [countsText(groupCounts)]),
    ],
  });
}

/** Groups counted in each part add up to all groups if, and only if, none stands in two. */
function countsText({ partByPart, inAll }: NonNullable<CertificateDocument['parts']['groupCounts']>): string {
  const twice = (partByPart.value ?? 0) - (inAll.value ?? 0);
  const sums = `Counted part by part there are ${partByPart.value} groups, and ${inAll.value} in all`;
  return twice === 0 ? `${sums}: none stands in two parts.` : `${sums}: some stand in two parts or more.`;
}

function method({ made, format, cards }: CertificateDocument): PageSection {
  return section('How this was made', {
    facts: [
      ['Format', format],
      ['Engine', made.engine],
      ['Formulas', made.specification],
      ['Random streams from', JSON.stringify(made.seed)],
      ['Intervals rest on groups by', made.group],
      ...cards.map(
        ({ kind, threshold }) =>
          [`Thresholds, ${words(kind)}`, `${threshold.source} (${words(threshold.origin)})`] as const,
      ),
      ...(made.refusedFactors.length === 0
        ? []
        : [['Left out, as identifiers', made.refusedFactors.join(', ')] as const]),
    ],
    notes: [
      ...(made.personal
        ? [
            'The dataset is of people: counts of 1 to 4 are not shown, nor what would give them away, and no group or image is listed.',
          ]
        : []),
      ...(made.ownThresholds ? ['The dataset has declared thresholds of its own.'] : []),
    ],
  });
}
