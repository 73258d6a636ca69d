import { shared } from './shared.ts';

/**
 * The real ratings of shared/data, each by the words that a user gives after `holotype import`. Whoever tests agreement
 * imports them so: `commandsOf(house)('import', ...RATER_IMPORTS.caries.words('caries'), '--json')`.
 */
export interface RaterImport {
  /** The words for a dataset of this slug; several where it takes several imports. */
  readonly words: (slug: string) => readonly (readonly string[])[];
}

const classics = (name: string) => shared('data', 'rater_classics', name);
const made = (slug: string) => ['--dataset', slug, '--create', '--by-reference', '--unit', 'image'];

/** 45 patients, 5 anaesthetists, of whom the first saw each three times: a later look is a pass. */
export const anaesthesia: RaterImport = {
  words: (slug) => [
    [
      'ratings',
      classics('anesthesia_dawid_skene_1979.csv'),
      ...made(slug),
      '--map',
      'image=item,annotator=rater,pass=occasion,label=rating',
    ],
  ],
};

/** 3 859 teeth, 5 dentists, published as patterns with the number of teeth answered so. */
export const caries: RaterImport = {
  words: (slug) => [
    [
      'ratings',
      classics('caries_espeland_handelman_1989_patterns.csv'),
      ...made(slug),
      '--layout',
      'patterns',
    ],
  ],
};

/** 30 patients in 6 slots that are no persons: votes of a group. */
export const fleiss1971: RaterImport = {
  words: (slug) => [
    [
      'ratings',
      classics('fleiss1971_psychiatric_diagnoses.csv'),
      ...made(slug),
      '--layout',
      'wide',
      '--unnamed',
      '--annotator',
      'psychiatrists',
      '--map',
      'image=subject',
    ],
  ],
};

/** 10 subjects, 14 raters, published as counts. */
export const wikipediaCounts: RaterImport = {
  words: (slug) => [
    [
      'ratings',
      classics('wikipedia_fleiss_example_counts.csv'),
      ...made(slug),
      '--layout',
      'counts',
      '--map',
      'image=subject',
      '--leave-out',
      'Pi_published',
    ],
  ],
};

/** 39 workers on 108 photographs of birds, and the truth beside them. */
export const bluebirds: RaterImport = {
  words: (slug) => [
    ['ratings', shared('data', 'bluebirds_crowd', 'labels.yaml'), ...made(slug)],
    [
      'ratings',
      shared('data', 'bluebirds_crowd', 'gt.yaml'),
      ...made(slug),
      '--annotator',
      'gold-standard',
      '--annotator-kind',
      'reference',
    ],
  ],
};

/** 511 000 labels of the 10 000 test images of CIFAR-10, as counts. */
export const cifar10h: RaterImport = {
  words: (slug) => [
    [
      'ratings',
      shared('data', 'cifar10h', 'cifar10h-counts.npy'),
      ...made(slug),
      '--annotator',
      'crowd',
      '--set',
      'image=test/{row}',
      '--classes',
      'airplane,automobile,bird,cat,deer,dog,frog,horse,ship,truck',
    ],
  ],
};

/** 423 photographs of camera traps, ten of them with their bytes. */
export const camtrap: RaterImport = {
  words: (slug) => [['camtrap-dp', shared('data', 'camtrap_dp_mica'), '--dataset', slug, '--create']],
};

/** 35 images of cells: five experts with two tools each, the gold standard, and seven workers whose masks are of another frame. */
export const bubilCells: RaterImport = {
  words: (slug) => {
    const folder = shared('data', 'bubil_multiannotator', 'BU-BIL_Dataset1');
    const masks = [
      'masks',
      folder,
      '--dataset',
      slug,
      '--create',
      '--images',
      `${folder}/RawImages`,
      '--foreground',
      '0',
      '--label',
      'cell',
    ];
    return [
      [
        ...masks,
        '--file',
        'ExpertsAnnotations/{annotator}/seg_{image}.png',
        '--file',
        'CrowdsourcedAnnotations/{annotator}/seg_{image}.png',
        '--ignore-case',
      ],
      [
        ...masks,
        '--file',
        'GoldStandard/seg_{image}.png',
        '--annotator',
        'gold-standard',
        '--annotator-kind',
        'reference',
      ],
    ];
  },
};

/** The masks of the experts alone; the images by reference, for in the sixth set they are crops of another frame. */
export const bubilExperts = (set: 1 | 6): RaterImport => ({
  words: (slug) => [
    [
      'masks',
      shared('data', 'bubil_multiannotator', `BU-BIL_Dataset${set}`),
      '--dataset',
      slug,
      '--create',
      '--by-reference',
      '--images',
      shared('data', 'bubil_multiannotator', `BU-BIL_Dataset${set}`, 'RawImages'),
      '--foreground',
      '0',
      '--label',
      set === 1 ? 'cell' : 'lesion',
      '--file',
      `${set === 1 ? 'ExpertsAnnotations' : 'ExpertAnnotations'}/{annotator}/seg_{image}.png`,
      '--ignore-case',
    ],
  ],
});
