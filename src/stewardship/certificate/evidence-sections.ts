import type { CertificateDocument } from './certificate-document.ts';
import { FOUND, found, whyNot } from './certificate-heading.ts';
import { type Cell, type PageSection, placesText, section, table, verdictCell, words } from './page-parts.ts';

const LISTED_VARIABLES = 30;

const LISTED_LEVELS = 10;

const WEIGHTS = {
  RED: 'voids the score',
  AMBER: 'casts doubt on it',
  INFORMATION: 'to be known',
} as const;

export function groups(certificate: CertificateDocument): PageSection {
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

export function duplicates({ duplicates: { exact, near, declared } }: CertificateDocument): PageSection {
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

export function balance({ balance: { variables, holes, folds } }: CertificateDocument): PageSection {
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

export function adversarial({ adversarial: found }: CertificateDocument): PageSection {
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

export function tested({ tested: { classes } }: CertificateDocument): PageSection {
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
