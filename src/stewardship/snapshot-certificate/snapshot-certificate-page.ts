import type { CertificatePage } from '../certificate/certificate-page.ts';
import { figureText } from '../certificate/certified-figure.ts';
import { type Cell, type PageSection, section, table, words } from '../certificate/page-parts.ts';
import type { SnapshotCertificate } from './snapshot-certificate.ts';

const HEADINGS = {
  RED: 'Something was found that speaks against this data',
  AMBER: 'There are doubts about this data',
  GREY: 'Not enough was examined to tell whether this data is fair',
  GREEN: 'Nothing was found against this data',
} as const;

type Fact = readonly [name: string, value: string];

/** The certificate as people read it; `digest`: SHA-256 of its JSON, in hexadecimal. */
export function snapshotCertificatePage(certificate: SnapshotCertificate, digest: string): CertificatePage {
  return {
    title: `Certificate of a snapshot of ${certificate.dataset.title}`,
    colour: certificate.colour,
    heading: HEADINGS[certificate.colour],
    statements: statementsOf(certificate),
    sections: [
      identity(certificate, digest),
      composition(certificate),
      raters(certificate),
      splits(certificate),
      judgements(certificate),
      terms(certificate),
      publication(certificate),
      withdrawals(certificate),
      use(certificate),
    ],
  };
}

function statementsOf({
  identity,
  splits,
  deprecation,
  publication,
  withdrawals,
}: SnapshotCertificate): string[] {
  const gone = withdrawals.reduce((sum, { images }) => sum + images, 0);
  return [
    ...(gone > 0
      ? [`${gone} of its ${identity.size} images were withdrawn since it was published; its digest stays.`]
      : []),
    ...(deprecation === null
      ? []
      : [
          `It is deprecated: ${deprecation.reason}${deprecation.successor === null ? '' : ` Use ${deprecation.successor} in its place.`}`,
        ]),
    ...splits
      .filter(({ leaks }) => leaks)
      .map(
        ({ name, waiver }) =>
          `The split “${name}” leaks, and was frozen by a written waiver: ${waiver ?? 'none is kept'}`,
      ),
    ...(publication?.waivers ?? []).map(
      ({ rule, waivedBy, reason }) => `The rule ${rule} was waived by ${waivedBy}: ${reason}`,
    ),
  ];
}

function identity({ identity: of, dataset }: SnapshotCertificate, digest: string): PageSection {
  return section('Which data', {
    facts: [
      ['Digest', of.digest],
      ['Root of its Merkle tree', of.root],
      ['Dataset', `${dataset.title} (${dataset.slug}), as of revision ${dataset.revision}`],
      ['Custodian', dataset.custodian ?? 'none was named'],
      ['Published', of.publishedAt],
      ['State', words(of.state)],
      ['Tags', of.tags.join(', ') || 'none'],
      ['Succeeds', dataset.parent ?? 'no other snapshot'],
      [
        'Personal data',
        dataset.sensitivity === 'PERSONAL' ? 'yes: small counts are not shown' : 'not declared so',
      ],
      ['Signed by', of.signedBy.join(', ') || 'no key: its statement is made when it is asked for'],
      ['Digest of this certificate', `sha256:${digest} (of its JSON)`],
    ],
    notes: dataset.description === '' ? [] : [dataset.description],
  });
}

const shown = (count: number | null) => (count === null ? 'not shown (small count)' : String(count));
const countRows = (counts: readonly { value: string; count: number | null }[]): Cell[][] =>
  counts.map(({ value, count }) => [value, shown(count)]);

function composition({ composition: of, identity: { size } }: SnapshotCertificate): PageSection {
  const { images, unit, captured, exclusions, refused } = of;
  const facts: Fact[] = [
    ['Images', `${size}, of which ${images.byReference} lie elsewhere`],
    ['Bytes', String(images.octets)],
    ['Independent units', `${shown(unit.units)} (${unit.field})`],
    ['Images of unknown unit', shown(unit.imagesOfUnknownUnit)],
    ['Captured', captured === null ? 'nobody recorded when' : `${captured.first} to ${captured.last}`],
    ['Kept out by decision', shown(exclusions.all)],
    ['Refused when they were imported', shown(refused.all)],
  ];
  return section('What it holds', {
    facts,
    tables: [
      table('Statements by label', ['label', 'statements'], { rows: countRows(of.labels) }),
      table('Why images were kept out', ['reason', 'images'], { rows: countRows(exclusions.reasons) }),
    ],
  });
}

function raters({ raters: of }: SnapshotCertificate): PageSection {
  return section('Who labelled it', {
    facts: [
      ['Statements', String(of.statements)],
      ['Raters to an image', `${of.perImage.least} to ${of.perImage.most}, ${of.perImage.mean} in the mean`],
      ['Models among them', of.models.join(', ') || 'none'],
      ['Guidelines', of.guidelines.join(', ') || 'none is recorded'],
      [
        'Consensuses carried',
        of.consensuses.map(({ name, method }) => `${name} (${words(method)})`).join(', ') || 'none',
      ],
      [
        'Agreement (Krippendorff’s α)',
        of.agreement === null
          ? 'no report was made: `holotype report --kind agreement`'
          : figureText(of.agreement),
      ],
    ],
    tables: [table('Raters by kind', ['kind', 'raters'], { rows: countRows(of.kinds) })],
  });
}

function splits({ splits: of, identity: { digest } }: SnapshotCertificate): PageSection {
  return section('How it is divided', {
    tables: [
      table('Splits', ['split', 'strategy', 'groups kept whole', 'parts', 'leaks', 'digest', 'certificate'], {
        rows: of.map((split) => [
          split.name,
          words(split.strategy),
          split.groupBy ?? 'none',
          split.counts.map(({ part, images }) => `${part} ${shown(images)}`).join(', '),
          split.leaks ? 'yes' : 'no',
          split.digest,
          `GET /snapshots/${digest}/certificates/${encodeURIComponent(split.name)}.html`,
        ]),
      }),
    ],
    notes: of.length === 0 ? ['It carries no split.'] : [],
  });
}

function judgements({ cards }: SnapshotCertificate): PageSection {
  return section('Where it leans', {
    tables: [
      table('What was asked, and what was found', ['report', '', 'judgement', 'finding', 'effect'], {
        rows: cards.map(({ report, kind, colour, certainty, sentence, headline }) => [
          `${words(report.kind)}${report.split === null ? '' : ` of ${report.split}`}`,
          words(kind),
          { colour, text: certainty.toLowerCase() },
          sentence,
          headline,
        ]),
      }),
    ],
    notes:
      cards.length === 0
        ? ['No report was made of it: `holotype report` makes them.']
        : [...new Set(cards.flatMap(({ caveats }) => caveats))],
  });
}

function terms({ terms: of }: SnapshotCertificate): PageSection {
  const { declared, consents } = of;
  return section('On what terms', {
    facts: [
      ['Licence', of.licence ?? 'none was declared: nothing is permitted by this page'],
      ['Data use terms', of.dataUseTerms.join(', ') || 'none'],
      ...(declared === null
        ? []
        : ([
            ['Open to', words(declared.visibility)],
            ['Embargo', declared.embargoUntil === null ? 'none' : `until ${declared.embargoUntil}`],
            ['Acceptance', words(declared.acceptance)],
            ['Consent of subjects', words(declared.consent)],
          ] as Fact[])),
      ['Subjects whose consent is recorded', shown(consents.subjects)],
    ],
    notes: declared?.text ? [declared.text] : [],
  });
}

function publication({ publication: of }: SnapshotCertificate): PageSection {
  if (of === null)
    return section('Who let it out', {
      notes: ['No record of its publication is kept: it was published before there was one.'],
    });
  return section('Who let it out', {
    facts: [
      ['Proposed by', `${of.proposer}, ${of.proposedAt}`],
      ['Published by', of.publishedBy],
      ['Rules', of.rulesVersion === 0 ? 'none were declared' : `version ${of.rulesVersion}`],
    ],
    tables: [
      table('Rules', ['rule', 'outcome', 'finding'], {
        rows: of.findings.map(({ rule, outcome, sentence }) => [rule, words(outcome), sentence]),
      }),
      table('Reviews', ['reviewer', 'verdict', 'comment', 'when'], {
        rows: of.reviews.map(({ reviewer, verdict, comment, at }) => [reviewer, words(verdict), comment, at]),
      }),
      table('Waivers', ['rule', 'by', 'reason', 'when'], {
        rows: of.waivers.map(({ rule, waivedBy, reason, at }) => [rule, waivedBy, reason, at]),
      }),
    ],
    notes: of.message === null ? [] : [of.message],
  });
}

function withdrawals({ withdrawals: of, identity: { view, digest } }: SnapshotCertificate): PageSection {
  return section('What was taken back', {
    tables: [
      table('Withdrawals', ['when', 'why', 'images'], {
        rows: of.map(({ at, reason, images }) => [at, words(reason), String(images)]),
      }),
    ],
    notes: [
      of.length === 0
        ? 'Nothing was withdrawn of it.'
        : `Its forms lie below /snapshots/${digest}/w${view}/; GET /snapshots/${digest}/withdrawals.jsonl lists the images by id and leaf.`,
    ],
  });
}

function use({ runs, fetch }: SnapshotCertificate): PageSection {
  return section('What was made of it, and how to have it', {
    facts: [
      ['Training runs reported', `${runs.all}, of ${runs.models} models`],
      ['Models', runs.named.join(', ') || 'none'],
      ['Fetch it', fetch.pull],
      ['Verify it', fetch.verify],
      ['Its header', `GET ${fetch.header}: the SHA-256 of these bytes is the digest`],
    ],
  });
}
