import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedSeeds } from '../../src/runs/methods-choices.ts';
import type { Listed, MethodsFacts } from '../../src/runs/methods-facts.ts';
import { methodsParagraph } from '../../src/runs/methods-paragraph.ts';
import { methodsSources } from '../../src/runs/methods-sources.ts';
import type { MethodsLanguage } from '../../src/runs/methods-writing.ts';

const DIGEST = `sha256:${'4f'.repeat(32)}`;
const SPLIT = `sha256:${'5a'.repeat(32)}`;
const CONSENSUS = 'c0'.repeat(32);
const all = (...shown: string[]): Listed => ({ shown, count: shown.length });

const FULL: MethodsFacts = {
  title: 'Maize leaves',
  slug: 'maize',
  licence: 'CC-BY-4.0',
  digest: DIGEST,
  revision: 9,
  tags: ['v1'],
  published: '2026-03-01',
  isPersonal: false,
  images: 1200,
  references: 0,
  unit: { field: 'plant', units: 84, imagesOfUnknownUnit: 12 },
  captured: { images: 1200, from: '2025-05-03', to: '2025-08-12' },
  sites: { images: 1150, values: all('Ithaca', 'Montpellier') },
  devices: { images: 1200, values: { shown: [], count: 9 } },
  classes: ['healthy', 'blight'],
  annotations: [
    { kind: 'CLASS', count: 2880 },
    { kind: 'BOX', count: 1 },
  ],
  raters: [
    { kind: 'HUMAN', count: 5 },
    { kind: 'MODEL', count: 1 },
  ],
  ratings: { mean: 2.4, least: 0, most: 5, imagesWithout: 3 },
  agreement: {
    report: 'a1',
    alpha: 0.7134,
    reason: null,
    interval: { lower: 0.648, upper: 0.7712, level: 0.95 },
    images: 1000,
    units: 80,
    specification: 'holotype-statistics/1',
  },
  consensus: [
    {
      name: 'majority',
      method: 'DAWID_SKENE',
      parameters: {},
      annotators: null,
      engine: 'holotype-consensus/1',
      input: 'i',
      digest: CONSENSUS,
    },
  ],
  splits: [
    {
      name: 'holdout',
      digest: SPLIT,
      strategy: 'GROUPED_STRATIFIED',
      seed: '42',
      algorithm: 'holotype-split/1',
      groupBy: 'plant',
      stratifyBy: 'label',
      waiver: null,
      counts: [
        { part: 'train', images: 1010 },
        { part: 'test', images: 190 },
      ],
    },
  ],
  runs: {
    runs: 10,
    models: [
      {
        model: 'resnet18',
        runs: 10,
        seeds: all('1', '2'),
        runsWithoutSeed: 0,
        folds: all('1', '2', '3', '4', '5'),
        repeats: all(),
        splits: all('holdout'),
      },
    ],
    codeVersions: all('8c1f2d0'),
    libraries: [
      { name: 'torch', runs: 10, values: all('2.4.1') },
      { name: 'torchvision', runs: 8, values: all('0.19.0', '0.19.1') },
    ],
    hardware: [{ name: 'gpu', runs: 10, values: all('A100') }],
    seconds: { runs: 10, sum: 12_345 },
    kilowattHours: { runs: 8, sum: 1.25, methods: all('codecarbon 2.5') },
  },
};

/** Nobody recorded anything but the images themselves. */
const BARE: MethodsFacts = {
  ...FULL,
  licence: null,
  tags: [],
  unit: { field: 'image', units: 1200, imagesOfUnknownUnit: 0 },
  captured: null,
  sites: null,
  devices: null,
  classes: [],
  annotations: [],
  raters: [],
  ratings: null,
  agreement: null,
  consensus: [],
  splits: [],
  runs: null,
};

/** With ~ for the narrow space, which no reader of a test could see. */
const written = (facts: MethodsFacts, language: MethodsLanguage) =>
  methodsParagraph(facts, language).replaceAll('\u202f', '~');

describe('the paragraph for "Materials and methods"', () => {
  it('reads in English', () => {
    expect(written(FULL, 'EN')).toBe(
      [
        `The images come from the dataset “Maize leaves” (licence CC-BY-4.0), snapshot ${DIGEST}, tagged “v1”, published on 1 March 2026.`,
        `It holds 1,200 images of 84 independent units (field “plant”); the unit of 12 images is not recorded, and each of these is counted as a unit of its own.`,
        `They were captured between 3 May 2025 and 12 August 2025, at 2 sites (Ithaca and Montpellier; recorded for 1,150 of 1,200 images), with 9 devices.`,
        `They carry 2,881 annotations (2,880 whole-image classes and 1 box), over 2 classes (“healthy” and “blight”), made by 5 people and 1 model.`,
        `An image was annotated by 2.4 people on average (minimum 0, maximum 5); 3 images were annotated by nobody.`,
        `Agreement between annotators on the class of an image was Krippendorff’s α = 0.71 (nominal; 95% interval 0.65 to 0.77; 1,000 images annotated at least twice, 80 independent units; holotype-statistics/1).`,
        `The consensus “majority” was derived from these annotations (method: Dawid–Skene; holotype-consensus/1; ${CONSENSUS}).`,
        `The split “holdout” divides the images at random, keeping all images of one “plant” together and balancing “label” (holotype-split/1; seed “42”; ${SPLIT}): 1,010 images in “train” and 190 in “test”.`,
        `The model “resnet18” was trained in 10 runs (seeds 1 and 2; folds 1, 2, 3, 4 and 5; on the split “holdout”).`,
        `The training code was at version 8c1f2d0.`,
        `Software: torch 2.4.1; torchvision 0.19.0 and 0.19.1 (recorded for 8 of 10 runs).`,
        `Hardware: gpu A100.`,
        `Training took 3.4~h in total.`,
        `The energy used was 1.25~kWh (method: “codecarbon 2.5”; recorded for 8 of 10 runs).`,
        `The exact data can be fetched with \`holotype pull maize@${DIGEST}\` and verified with \`sha256sum snapshot.json\`, which prints the same digest.`,
      ].join(' '),
    );
  });

  it('reads in French, with its marks and spaces', () => {
    expect(written(FULL, 'FR')).toBe(
      [
        `Les images proviennent du jeu de données «~Maize leaves~» (licence CC-BY-4.0), instantané ${DIGEST}, étiquette «~v1~», publié le 1er mars 2026.`,
        `Il contient 1~200 images de 84 unités indépendantes (champ «~plant~»)~; l’unité de 12 images n’est pas connue, et chacune de ces images compte pour une unité.`,
        `Elles ont été acquises entre le 3 mai 2025 et le 12 août 2025, sur 2 sites (Ithaca et Montpellier~; renseigné pour 1~150 images sur 1~200), avec 9 appareils.`,
        `Elles portent 2~881 annotations (2~880 classes d’image entière et 1 boîte), pour 2 classes («~healthy~» et «~blight~»), de 5 personnes et 1 modèle.`,
        `Une image a été annotée par 2,4 personnes en moyenne (minimum 0, maximum 5)~; 3 images n’ont été annotées par personne.`,
        `L’accord entre annotateurs sur la classe d’une image, mesuré par l’α de Krippendorff, était de 0,71 (nominal~; intervalle à 95~%~: 0,65 à 0,77~; 1~000 images annotées au moins deux fois, 80 unités indépendantes~; holotype-statistics/1).`,
        `Le consensus «~majority~» a été tiré de ces annotations (méthode~: Dawid–Skene~; holotype-consensus/1~; ${CONSENSUS}).`,
        `La partition «~holdout~» répartit les images au hasard, en gardant ensemble toutes les images d’une même valeur de «~plant~» et en équilibrant «~label~» (holotype-split/1~; graine «~42~»~; ${SPLIT})~: 1~010 images dans «~train~» et 190 dans «~test~».`,
        `Le modèle «~resnet18~» a été entraîné 10 fois (graines 1 et 2~; plis 1, 2, 3, 4 et 5~; sur la partition «~holdout~»).`,
        `Version du code d’entraînement~: 8c1f2d0.`,
        `Logiciels~: torch 2.4.1~; torchvision 0.19.0 et 0.19.1 (renseigné pour 8 entraînements sur 10).`,
        `Matériel~: gpu A100.`,
        `L’entraînement a duré 3,4~h au total.`,
        `L’énergie consommée était de 1,25~kWh (méthode~: «~codecarbon 2.5~»~; renseigné pour 8 entraînements sur 10).`,
        `Les données exactes s’obtiennent par \`holotype pull maize@${DIGEST}\` et se vérifient par \`sha256sum snapshot.json\`, qui affiche la même empreinte.`,
      ].join(' '),
    );
  });

  it('says what is not known where a reader would look for it, and leaves out the rest', () => {
    expect(written(BARE, 'EN')).toBe(
      [
        `The images come from the dataset “Maize leaves” (no licence declared), snapshot ${DIGEST}, published on 1 March 2026.`,
        `It holds 1,200 images, each taken as independent.`,
        `They carry no annotations.`,
        `The snapshot carries no split.`,
        `No training run is recorded on this snapshot.`,
        `The exact data can be fetched with \`holotype pull maize@${DIGEST}\` and verified with \`sha256sum snapshot.json\`, which prints the same digest.`,
      ].join(' '),
    );
    expect(written(BARE, 'FR')).toBe(
      [
        `Les images proviennent du jeu de données «~Maize leaves~» (aucune licence déclarée), instantané ${DIGEST}, publié le 1er mars 2026.`,
        `Il contient 1~200 images, chacune étant tenue pour indépendante.`,
        `Elles ne portent aucune annotation.`,
        `L’instantané ne porte aucune partition.`,
        `Aucun entraînement n’est enregistré sur cet instantané.`,
        `Les données exactes s’obtiennent par \`holotype pull maize@${DIGEST}\` et se vérifient par \`sha256sum snapshot.json\`, qui affiche la même empreinte.`,
      ].join(' '),
    );
  });

  it('fills in nothing, whichever facts are missing', () => {
    const missing = Object.fromEntries(
      (Object.keys(FULL) as (keyof MethodsFacts)[]).map((name) => [
        name,
        fc.constantFrom(FULL[name], BARE[name]),
      ]),
    );
    fc.assert(
      fc.property(fc.record(missing), fc.constantFrom('EN' as const, 'FR' as const), (drawn, language) => {
        const facts = drawn as unknown as MethodsFacts;
        const text = methodsParagraph(facts, language);
        expect(text).toContain(`holotype pull maize@${DIGEST}`);
        expect(text).not.toMatch(/null|undefined|NaN|Infinity|\[object|\n| {2}|\(\)| [.,)]/);
        expect(text.includes('Krippendorff')).toBe(facts.ratings !== null && facts.agreement !== null);
        expect(text.includes('Montpellier')).toBe(facts.sites !== null);
        expect(text.includes('torch')).toBe(facts.runs !== null);
        expect(text.includes(SPLIT)).toBe(facts.splits.length > 0);
      }),
    );
  });

  it('says that agreement was not computed, or why it has no value', () => {
    const none = { ...FULL, agreement: null };
    expect(written(none, 'EN')).toContain('Agreement between annotators was not computed.');
    expect(written(none, 'FR')).toContain('L’accord entre annotateurs n’a pas été calculé.');
    const refused = { ...FULL.agreement!, alpha: null, interval: null, reason: 'FEWER_THAN_2_RATINGS' };
    expect(written({ ...FULL, agreement: refused }, 'EN')).toContain(
      'could not be estimated (FEWER_THAN_2_RATINGS;',
    );
  });

  it('says which runs told no seed, no library and no more than a few of many seeds', () => {
    const [model] = FULL.runs!.models;
    const runs = (seeds: Listed, runsWithoutSeed: number) => ({
      ...FULL,
      runs: { ...FULL.runs!, models: [{ ...model!, seeds, runsWithoutSeed }], libraries: [] },
    });
    expect(written(runs(all(), 10), 'EN')).toContain('(seed not recorded; folds');
    expect(written(runs(all('7'), 2), 'EN')).toContain('(seed 7, not recorded for 2 runs; folds');
    expect(written(runs({ shown: ['1', '2'], count: 40 }, 0), 'EN')).toContain('seeds 1, 2 and 38 others');
    expect(written(runs(all(), 10), 'FR')).toContain(
      'Les versions des bibliothèques ne sont pas renseignées.',
    );
  });

  it('names a leak that was accepted, and images in no part', () => {
    const [split] = FULL.splits;
    const leaking = { ...split!, waiver: 'the\nlast season', counts: [{ part: 'train', images: 1000 }] };
    const text = written({ ...FULL, splits: [leaking] }, 'EN');
    expect(text).toContain('1,000 images in “train”, and 200 images in no part.');
    expect(text).toContain(
      'Leakage found between its parts was accepted, for this reason: “the last season”.',
    );
  });

  it('names no group of people as a part', () => {
    const [split] = FULL.splits;
    const counts = [
      { part: 'patient-1', images: 700 },
      { part: 'patient-2', images: 500 },
    ];
    const facts = {
      ...FULL,
      splits: [{ ...split!, strategy: 'LEAVE_ONE_GROUP_OUT' as const, seed: null, counts }],
    };
    expect(written(facts, 'EN')).toContain('makes one part of each “plant”');
    expect(written(facts, 'EN')).toContain('patient-1');
    const personal = { ...facts, isPersonal: true };
    expect(written(personal, 'FR')).toContain('2 parties de 500 à 700 images');
    expect(written(personal, 'FR') + JSON.stringify(methodsSources(personal))).not.toContain('patient-1');
  });

  it('tells with each fact where it stands', () => {
    const facts = methodsSources(FULL);
    expect(facts.every(({ name, value, source }) => name && value && source)).toBe(true);
    expect(facts).toContainEqual({
      name: 'agreement',
      value: '0.7134 [0.648, 0.7712]',
      source: 'report a1 (holotype-statistics/1)',
    });
    expect(methodsSources(BARE).map(({ name }) => name)).not.toContain('agreement');
  });
});

describe('the seeds of runs', () => {
  it('stand by their size, words last', () => {
    expect(orderedSeeds({ shown: ['10', '9', 'lucky'], count: 3 }).shown).toEqual(['9', '10', 'lucky']);
  });
});
