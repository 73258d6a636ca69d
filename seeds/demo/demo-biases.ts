/** A bias put into the demo on purpose, and what must come of it. */
export interface DemoBias {
  readonly id: string;
  /** What was done to the data. */
  readonly done: string;
  /** The reports that must find it. */
  readonly reports: readonly (
    | 'selection'
    | 'measurement'
    | 'association'
    | 'attrition'
    | 'split'
    | 'agreement'
  )[];
  readonly expected: { readonly direction: string; readonly strength: string };
}

/** Every bias of the demo. The strengths are lower or upper bounds that hold for any seed, with room to spare. */
export const DEMO_BIASES: readonly DemoBias[] = [
  {
    id: 'soft-camera',
    done: 'camera-6 is used at the north site only, for about half of its photographs, and is out of focus.',
    reports: ['measurement'],
    expected: {
      direction: 'camera-6 is less sharp than every other camera, and the north site than the others',
      strength: 'omega² of sharpness by device ≥ .5, by site ≥ .14',
    },
  },
  {
    id: 'rust-at-one-site',
    done: '72 of 81 rust plants grow at the south site, 24 of 81 of each other class.',
    reports: ['association', 'selection'],
    expected: {
      direction: 'rust goes with south; south is over-represented against the target, east under-represented',
      strength: 'label × site: w ≥ .5, rust × south lift ≥ 1.5; representation ratio: east ≤ .5, south ≥ 1.2',
    },
  },
  {
    id: 'lenient-rater',
    done: 'rater-3 calls a diseased leaf healthy in 6 of 10 cases; the other raters err in fewer than 1 of 20.',
    reports: ['agreement'],
    expected: {
      direction: 'rater-3 says healthy too often; the others agree with each other',
      strength:
        'alpha < .8 with all four raters, ≥ .85 without rater-3; healthy by rater-3 ≥ 1.5 × consensus',
    },
  },
  {
    id: 'copies-under-another-plant',
    done: 'Six files are filed again, byte for byte, and six more re-encoded and brightened, each under another plant.',
    reports: ['split'],
    expected: {
      direction: 'the same view stands under two plants, so a split grouped by plant can still leak',
      strength: '6 exact duplicates; 6 near duplicates with dHash distance ≤ 3 and NCC ≥ .98',
    },
  },
  {
    id: 'rust-excluded',
    done: '48 photographs of rust at the south site are excluded (lesions-not-countable), and 8 of all others (out-of-focus).',
    reports: ['attrition'],
    expected: {
      direction: 'rust and the south site are excluded far more often than the rest',
      strength: 'exclusion share ≥ .10; rust excluded ≥ 5 × as often as the other classes',
    },
  },
  {
    id: 'operator-missing',
    done: 'The operator is missing for 6 of 10 photographs of the south site, and for 1 of 25 elsewhere.',
    reports: ['selection'],
    expected: {
      direction: 'the operator is missing mostly at the south site, and so mostly for rust',
      strength: 'missing ≥ .20 in total, ≥ .40 at the south site, ≤ .10 elsewhere',
    },
  },
];
