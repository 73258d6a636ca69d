import type { Colour } from '../../statistics/colour.ts';
import type { CertificateDocument } from './certificate-document.ts';
import { type CertifiedFigure, figureText } from './certified-figure.ts';

export type Cell = string | CertifiedFigure | { readonly colour: Colour; readonly text: string };

export interface PageTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows the JSON holds beside these. */
  readonly left: number;
}

export interface PageSection {
  readonly title: string;
  readonly notes: readonly string[];
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly PageTable[];
}

/** A certificate as it is read by people, in whatever form it is written. */
export interface CertificatePage {
  readonly title: string;
  readonly colour: Colour;
  readonly heading: string;
  readonly statements: readonly string[];
  readonly sections: readonly PageSection[];
}

const LISTED = 50;
const LISTED_VARIABLES = 30;
const LISTED_LEVELS = 10;
const HEADINGS: Readonly<Record<Colour, string>> = {
  RED: 'This split is no fair and separate exam',
  AMBER: 'There are doubts about this split',
  GREY: 'Not enough data to tell whether this split is fair',
  GREEN: 'Nothing was found against this split',
};
const WEIGHTS = {
  RED: 'voids the score',
  AMBER: 'casts doubt on it',
  INFORMATION: 'to be known',
} as const;
const TREATMENTS = {
  EACH_IMAGE_ITS_OWN_GROUP: 'each of them was taken as a group of its own',
  NOT_USED: 'the strategy does not keep groups whole, so the key was not used',
} as const;
const FOUND = {
  sharedGroups: 'units or groups in two parts',
  exactDuplicates: 'images of the same bytes in two parts',
  nearDuplicates: 'pairs of the same look in two parts',
} as const;
const WHY_NOT: Readonly<Record<string, string>> = {
  NO_GROUP_KEY: 'no unit and no group is recorded',
  NO_DIGESTS: 'the bytes of no image are known',
  NO_SEARCH: 'no image could be compared by its looks',
};

const READING =
  'Below every figure stands on how many images and independent units it rests (n = images / units); in brackets its interval. What has no interval says why, unless it is a count of all there is or a property of the random assignments drawn. The JSON of this certificate has all figures unrounded, each with its method.';

/** What stands on top: whether it leaks, the waiver in its words, what was not looked at, and what cannot be told. */
export function certificateHeading(
  certificate: CertificateDocument,
): Pick<CertificatePage, 'colour' | 'heading' | 'statements'> {
  const { colour, leaks, waiver, foundWhenFrozen, cards } = certificate;
  const notExamined = found(certificate).flatMap(([name, { status }]) =>
    status === 'NOT_EXAMINED' ? [`${FOUND[name]} (${whyNot(foundWhenFrozen[name])})`] : [],
  );
  const grey = cards.filter((card) => card.colour === 'GREY').map(({ kind }) => words(kind));
  return {
    colour,
    heading: leaks ? 'This split leaks, and was frozen by a written waiver' : HEADINGS[colour],
    statements: [
      ...(waiver === null ? [] : [`Waiver, in writing: “${waiver}”`]),
      ...(leaks
        ? [
            `When it was frozen: ${found(certificate)
              .flatMap(([name, { count }]) => (count ? [`${FOUND[name]}: ${figureText(count)}`] : []))
              .join('; ')}.`,
          ]
        : []),
      ...(notExamined.length === 0
        ? []
        : [`Not looked for, which is not “none found”: ${notExamined.join('; ')}.`]),
      ...(grey.length === 0
        ? []
        : [`Grey, which is not green; there is not enough data to tell of: ${grey.join(', ')}.`]),
    ],
  };
}

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
        ? `Images of unknown ${missing.key}: ${TREATMENTS[missing.treatment]}.`
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

function groups(certificate: CertificateDocument): PageSection {
  const { keys, testShare, testImages } = certificate.groups;
  const listed = keys.flatMap(({ key, listed: of }) => of.map((group) => ({ key, ...group })));
  return section('Does a group stand in two parts?', {
    tables: [
      table('Found when it was frozen', ['', 'found'], {
        rows: found(certificate).map(([name, finding]) => [
          FOUND[name],
          finding.count ?? `not looked for: ${whyNot(finding)}`,
        ]),
      }),
      table(
        'Groups of each key',
        [
          'key',
          'such a group',
          'judgement',
          'known images',
          'groups',
          'in two parts',
          'test images concerned',
          'their share',
        ],
        {
          rows: keys.map((of) => [
            of.key,
            WEIGHTS[of.weight],
            verdictCell(of.verdict),
            of.knownImages,
            of.knownGroups,
            of.sharedGroups,
            of.testImages,
            of.testShare,
          ]),
        },
      ),
      table('Test images with a unit, a group or a copy in train', ['images', 'share'], {
        rows: [[testImages, testShare]],
      }),
      table('Groups in two parts or more', ['key', 'group', 'images of each part'], {
        rows: listed.map(({ key, value, parts: places }) => [key, value, placesText(places)]),
      }),
    ],
  });
}

function duplicates({ duplicates: { exact, near, declared } }: CertificateDocument): PageSection {
  return section('Does an image stand in two parts?', {
    tables: [
      table(
        'Copies across parts',
        ['kind', 'judgement', 'looked at', 'across parts', 'test images concerned', 'their share'],
        {
          rows: [
            [
              'same bytes',
              verdictCell(exact.verdict),
              exact.knownImages,
              exact.contents,
              exact.testImages,
              exact.testShare,
            ],
            [
              'same look, confirmed by the pixels',
              verdictCell(near.verdict),
              near.isExamined ? near.candidates : 'not looked for',
              near.isExamined ? near.confirmed : '',
              near.isExamined ? near.testImages : '',
              near.isExamined ? near.testShare : '',
            ],
            ...declared.judgements.map((of): Cell[] => [
              `declared ${of.judgement.toLowerCase()}`,
              verdictCell(of.verdict),
              of.pairs,
              of.acrossParts,
              of.testImages,
              of.testShare,
            ]),
          ],
        },
      ),
      table('Same bytes: distance 0', ['SHA-256', 'images of each part'], {
        rows: exact.listed.map(({ value, parts: places }) => [value, placesText(places)]),
      }),
      table('Same look', ['image', 'part', 'image', 'part', 'distance of 64', 'correlation'], {
        rows: near.listed.map(({ first, firstPart, second, secondPart, distance, correlation }) => [
          first,
          firstPart,
          second,
          secondPart,
          String(distance),
          correlation,
        ]),
      }),
    ],
    notes: [
      'Looked at: of bytes the images whose bytes are known, of looks the pairs whose 64-bit difference hashes are near, of declared copies the pairs.',
      'Distance is the number of differing bits of the two difference hashes; correlation is that of the two 32×32 thumbnails, by which a pair is confirmed.',
    ],
  });
}

function balance({ balance: { variables, holes, folds } }: CertificateDocument): PageSection {
  const shown = variables.slice(0, LISTED_VARIABLES);
  return section('Are the parts alike?', {
    tables: [
      table(
        'Each factor and the label, beside random assignments of the groups',
        [
          'variable',
          'part',
          'judgement',
          'difference',
          'variation',
          'beyond random',
          'random middle',
          'random 95th',
          'beyond chance',
        ],
        {
          rows: shown.flatMap(({ name, compared }) =>
            compared.map((of): Cell[] => [
              name,
              of.kind === 'FOLD' ? `${of.part}, others` : `${of.part}, train`,
              verdictCell(of.verdict),
              of.standardizedDifference,
              of.totalVariation,
              of.percentile,
              of.randomMedian,
              of.randomUpper,
              of.isBeyondChance === null ? 'not judged' : of.isBeyondChance ? 'yes' : 'no',
            ]),
          ),
          most: Number.POSITIVE_INFINITY,
          all: variables.flatMap(({ compared }) => compared).length,
        },
      ),
      ...shown.map(({ name, levels }) =>
        table(
          `Images of each ${name} in each part`,
          [name, ...(levels[0]?.parts ?? []).map(({ part }) => part)],
          {
            rows: levels.map(({ level, parts: places }) => [level, ...places.map(({ images }) => images)]),
            most: LISTED_LEVELS,
          },
        ),
      ),
      table('Levels that a part lacks', ['', 'levels'], {
        rows: [
          ['test cannot measure them', holes.unmeasurable],
          ['train has never seen them', holes.unseen],
        ],
      }),
      table('Which they are', ['variable', 'level', 'part', '', 'images elsewhere'], {
        rows: holes.listed.map(({ name, level, part, meaning, images }) => [
          name,
          level,
          part,
          words(meaning),
          images,
        ]),
      }),
      ...(folds === null
        ? []
        : [
            table('How evenly folds share the classes', ['', 'deviation'], {
              rows: [
                ['all (label distribution)', folds.labelDistribution],
                ...folds.classes.map(({ label, deviation }): Cell[] => [label, deviation]),
              ],
            }),
          ]),
    ],
    notes: [
      'Difference is the standardized difference over all levels; variation the share of images that would have to move. A random split is not even either: the same variation was computed for 200 random assignments of the groups to parts of these sizes. “Beyond random” is the share of these with a smaller variation, “random middle” and “random 95th” their median and 95th percentile, “beyond chance” whether it stands out among all comparisons made here (Westfall–Young).',
    ],
  });
}

function adversarial({ adversarial: found }: CertificateDocument): PageSection {
  const { area, independent, attributeCount, verdict, telling, numbers } = found;
  return section('Can the parts be told apart without looking at the subject?', {
    tables: [
      table('A model that tells test from train by metadata and image quality', ['', 'figure'], {
        rows: [
          ['judgement', verdictCell(verdict)],
          ['area under the ROC curve (0.5: cannot tell)', area],
          ...(independent === null
            ? []
            : [['the same, were all images independent', independent] satisfies Cell[]]),
          ['told by', attributeCount],
        ],
      }),
      table('What tells most', ['attribute', 'value', 'train images', 'test images', 'log-odds for test'], {
        rows: telling.map(({ attribute, level, trainImages, testImages, logOdds }) => [
          attribute,
          level,
          trainImages,
          testImages,
          logOdds,
        ]),
      }),
      table('Numbers in test against train', ['', 'Kolmogorov–Smirnov', 'Wasserstein', 'difference'], {
        rows: numbers.map(({ name, kolmogorovSmirnov, wasserstein, standardizedDifference }) => [
          name,
          kolmogorovSmirnov,
          wasserstein,
          standardizedDifference,
        ]),
      }),
    ],
    notes: ['Distinguishable is not harmful: look at what tells the parts apart.'],
  });
}

function tested({ tested: { classes } }: CertificateDocument): PageSection {
  return section('How much is there to score on?', {
    tables: [
      table(
        'The part that is scored, and its classes',
        ['class', 'part', 'judgement', 'images', 'units', 'a score of 90 % is known to ±'],
        {
          rows: classes.map(({ label, part, verdict, images, units, halfWidth }) => [
            label ?? 'all images',
            part,
            verdictCell(verdict),
            images,
            units,
            halfWidth,
          ]),
        },
      ),
    ],
  });
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

function section(title: string, of: Partial<Omit<PageSection, 'title'>>): PageSection {
  const tables = (of.tables ?? []).filter(({ rows }) => rows.length > 0);
  return { title, notes: of.notes ?? [], facts: of.facts ?? [], tables };
}

function table(
  caption: string,
  columns: readonly string[],
  { rows, most = LISTED, all }: { rows: readonly (readonly Cell[])[]; most?: number; all?: number },
): PageTable {
  const shown = rows.slice(0, most);
  return { caption, columns, rows: shown, left: (all ?? rows.length) - shown.length };
}

function found({ foundWhenFrozen }: CertificateDocument) {
  return (['sharedGroups', 'exactDuplicates', 'nearDuplicates'] as const).map(
    (name) => [name, foundWhenFrozen[name]] as const,
  );
}

function whyNot({ reason }: { readonly reason?: string }): string {
  return WHY_NOT[reason ?? ''] ?? words(reason ?? '');
}

function verdictCell(verdict: { colour: Colour; certainty: string } | null): Cell {
  return verdict === null
    ? 'told, not judged'
    : { colour: verdict.colour, text: verdict.certainty.toLowerCase() };
}

function placesText(places: readonly { part: string; images: CertifiedFigure }[]): string {
  return places.map(({ part, images }) => `${part} ${images.value ?? 'some'}`).join(', ');
}

function limitsText(limits: readonly { worse: 'ABOVE' | 'BELOW'; amber: string; red: string }[]): string {
  if (limits.every(({ amber, red }) => amber === '0' && red === '0')) return 'any is too many';
  return limits
    .map(({ worse, amber, red }) => `${worse === 'ABOVE' ? 'from' : 'below'} ${amber} amber, ${red} red`)
    .join('; ');
}

const words = (code: string) => code.toLowerCase().replaceAll('_', ' ');
