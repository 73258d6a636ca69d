import type { AnnotatorKind } from '../annotation/annotator-kind.ts';
import { splitTraits } from '../splits/split-strategy.ts';
import { isRecordedWhole, manyParts, namesParts } from './methods-choices.ts';
import type {
  MethodsFacts,
  MethodsModel,
  MethodsRuns,
  MethodsSplit,
  MethodsTool,
  RecordedValues,
} from './methods-facts.ts';
import { NARROW_SPACE, writing } from './methods-writing.ts';

const { number, fixed, date, list, listed, quoted, count, duration } = writing('EN');

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  CLASS: ['whole-image class', 'whole-image classes'],
  ATTRIBUTE: ['attribute', 'attributes'],
  VALUE: ['value', 'values'],
  BOX: ['box', 'boxes'],
  POINT: ['point', 'points'],
  ROTATED_BOX: ['rotated box', 'rotated boxes'],
  POLYGON: ['polygon', 'polygons'],
  POLYLINE: ['polyline', 'polylines'],
  ELLIPSE: ['ellipse', 'ellipses'],
  MASK: ['mask', 'masks'],
  EMPTY: ['statement that nothing is to be marked', 'statements that nothing is to be marked'],
  SKIP: ['image given up', 'images given up'],
};
const RATERS: Readonly<Record<AnnotatorKind, readonly [string, string]>> = {
  HUMAN: ['person', 'people'],
  GROUP: ['group of people', 'groups of people'],
  MODEL: ['model', 'models'],
  DERIVED: ['rule derived from others’ annotations', 'rules derived from others’ annotations'],
  REFERENCE: ['reference source', 'reference sources'],
};
const CONSENSUS_METHODS: Readonly<Record<string, string>> = {
  VOTE_SHARE: 'share of votes',
  DAWID_SKENE: 'Dawid–Skene',
  WEIGHTED_BOXES_FUSION: 'weighted boxes fusion',
  MEAN_MASK: 'mean mask',
};

export function methodsEnglish(facts: MethodsFacts): (string | null)[] {
  return [
    source(facts),
    holdings(facts),
    pixels(facts),
    capture(facts),
    annotations(facts),
    ratings(facts),
    agreement(facts),
    ...facts.consensus.map(
      ({ name, method, engine, digest }) =>
        `The consensus ${quoted(name)} was derived from these annotations (method: ${CONSENSUS_METHODS[method] ?? method}; ${engine}; ${digest}).`,
    ),
    ...(facts.splits.length === 0
      ? ['The snapshot carries no split.']
      : facts.splits.map((split) => divided(split, facts))),
    ...(facts.runs === null ? ['No training run is recorded on this snapshot.'] : trained(facts.runs)),
    `The exact data can be fetched with \`holotype pull ${facts.slug}@${facts.digest}\` and verified with \`sha256sum snapshot.json\`, which prints the same digest.`,
  ];
}

function source({ title, licence, digest, tags, published }: MethodsFacts): string {
  const named = tags.length === 0 ? '' : `, tagged ${list(tags.map(quoted))}`;
  const right = licence === null ? 'no licence declared' : `licence ${licence}`;
  return `The images come from the dataset ${quoted(title)} (${right}), snapshot ${digest}${named}, published on ${date(published)}.`;
}

function holdings({ images, unit }: MethodsFacts): string {
  if (images === 0) return 'It holds no images.';
  const held = `It holds ${count(images, 'image', 'images')}`;
  if (unit.field === 'image') return `${held}, each taken as independent.`;
  const field = `(field ${quoted(unit.field)})`;
  if (unit.units === 0) return `${held}; the independent unit ${field} is not recorded for any of them.`;
  const units = `${held} of ${count(unit.units, 'independent unit', 'independent units')} ${field}`;
  if (unit.imagesOfUnknownUnit === 0) return `${units}.`;
  return `${units}; the unit of ${count(unit.imagesOfUnknownUnit, 'image is', 'images is')} not recorded, and each of these is counted as a unit of its own.`;
}

function pixels({ images, references }: MethodsFacts): string | null {
  if (references === 0) return null;
  const which = references === images ? 'all images' : count(references, 'image', 'images');
  return `The pixels of ${which} are stored elsewhere, and the digest does not pin them.`;
}

function capture({ images, captured, sites, devices }: MethodsFacts): string | null {
  const partly = (recorded: { readonly images: number }) =>
    isRecordedWhole(recorded, images)
      ? null
      : `recorded for ${number(recorded.images)} of ${number(images)} images`;
  const which = (recorded: RecordedValues | null, one: string, many: string) =>
    recorded &&
    count(recorded.values.count, one, many) +
      aside([recorded.values.shown.length === 0 ? null : listed(recorded.values), partly(recorded)]);
  const when = captured && period(captured.from, captured.to) + aside([partly(captured)]);
  const at = which(sites, 'site', 'sites');
  const by = which(devices, 'device', 'devices');
  const clauses = [when, at && `at ${at}`, by && `with ${by}`].filter((clause) => clause !== null);
  return clauses.length === 0 ? null : `They were captured ${clauses.join(', ')}.`;
}

function period(from: string, to: string): string {
  if (from === to) return `${from.length > 7 ? 'on' : 'in'} ${date(from)}`;
  return `between ${date(from)} and ${date(to)}`;
}

function aside(remarks: readonly (string | null)[]): string {
  const told = remarks.filter((remark) => remark !== null);
  return told.length === 0 ? '' : ` (${told.join('; ')})`;
}

function annotations({ annotations: held, classes, raters }: MethodsFacts): string {
  const all = held.reduce((total, { count: some }) => total + some, 0);
  const shownClasses =
    classes.length === 0
      ? ''
      : `, over ${count(classes.length, 'class', 'classes')}${classes.length > 12 ? '' : ` (${list(classes.map(quoted))})`}`;
  if (all === 0) return 'They carry no annotations.';
  const kinds = list(
    held.map(({ kind, count: some }) => {
      const [one, many] = KINDS[kind] ?? [kind, kind];
      return count(some, one, many);
    }),
  );
  const who = list(raters.map(({ kind, count: some }) => count(some, ...RATERS[kind])));
  const by = raters.length === 0 ? '' : `, made by ${who}`;
  return `They carry ${count(all, 'annotation', 'annotations')} (${kinds})${shownClasses}${by}.`;
}

function ratings({ annotations: held, ratings: people, images }: MethodsFacts): string | null {
  if (held.length === 0) return null;
  if (people === null) return 'None of the images was annotated by a person.';
  const { mean, least, most, imagesWithout } = people;
  const without =
    imagesWithout === 0 ? '' : `; ${count(imagesWithout, 'image was', 'images were')} annotated by nobody`;
  if (least === most)
    return `${images === 1 ? 'The image' : 'Each image'} was annotated by ${count(most, 'person', 'people')}.`;
  return `An image was annotated by ${number(mean, 2)} people on average (minimum ${number(least)}, maximum ${number(most)})${without}.`;
}

function agreement({ agreement: made, ratings: people }: MethodsFacts): string | null {
  if (people === null) return null;
  if (made === null) return 'Agreement between annotators was not computed.';
  const basis = `${count(made.images, 'image', 'images')} annotated at least twice, ${count(made.units, 'independent unit', 'independent units')}; ${made.specification}`;
  if (made.alpha === null)
    return `Agreement between annotators on the class of an image (Krippendorff’s α) could not be estimated (${made.reason}; ${basis}).`;
  const interval =
    made.interval === null
      ? 'no interval could be given'
      : `${number(made.interval.level * 100, 1)}% interval ${fixed(made.interval.lower, 2)} to ${fixed(made.interval.upper, 2)}`;
  return `Agreement between annotators on the class of an image was Krippendorff’s α = ${fixed(made.alpha, 2)} (nominal; ${interval}; ${basis}).`;
}

function divided(split: MethodsSplit, { images, isPersonal }: MethodsFacts): string {
  const { name, digest, seed, algorithm, groupBy, stratifyBy, counts, waiver } = split;
  const traits = splitTraits(split.strategy);
  const rules = [
    traits.grouped && groupBy !== null && traits.parts !== 'VALUES'
      ? `keeping all images of one ${quoted(groupBy)} together`
      : null,
    traits.stratified
      ? stratifyBy === null
        ? 'balancing the labels'
        : `balancing ${quoted(stratifyBy)}`
      : null,
  ].filter((rule) => rule !== null);
  const how = [manner(split), ...(rules.length === 0 ? [] : [list(rules)])].join(', ');
  const proof = [algorithm, seed === null ? null : `seed ${quoted(seed)}`, digest].filter(
    (part) => part !== null,
  );
  const left = images - counts.reduce((total, part) => total + part.images, 0);
  const parts = namesParts(split, isPersonal)
    ? list(
        counts.map(({ part, images: held }, index) =>
          index === 0
            ? `${count(held, 'image', 'images')} in ${quoted(part)}`
            : `${number(held)} in ${quoted(part)}`,
        ),
      )
    : manyParts(
        counts,
        (least, most) => `${number(counts.length)} parts of ${number(least)} to ${number(most)} images`,
      );
  const rest = left === 0 ? '' : `, and ${count(left, 'image', 'images')} in no part`;
  const leak =
    waiver === null
      ? ''
      : ` Leakage found between its parts was accepted, for this reason: ${quoted(waiver)}.`;
  return `The split ${quoted(name)} ${how} (${proof.join('; ')}): ${parts}${rest}.${leak}`;
}

function manner({ strategy, counts, groupBy }: MethodsSplit): string {
  if (strategy === 'IMPORTED') return 'was adopted as imported';
  if (strategy === 'BY_TIME') return 'divides the images by time of capture';
  if (splitTraits(strategy).parts === 'VALUES')
    return `makes one part of each ${groupBy === null ? 'group' : quoted(groupBy)}`;
  return splitTraits(strategy).parts === 'FOLDS'
    ? `divides the images at random into ${number(counts.length)} folds`
    : 'divides the images at random';
}

function trained(made: MethodsRuns): (string | null)[] {
  const { runs, models, codeVersions, libraries, hardware, seconds, kilowattHours } = made;
  const partly = (told: number) =>
    told === runs ? null : `recorded for ${number(told)} of ${number(runs)} runs`;
  const tools = (held: readonly MethodsTool[]) =>
    held
      .map(({ name, values, runs: told }) => `${name} ${listed(values)}${aside([partly(told)])}`)
      .join('; ');
  return [
    ...models.map(modelRuns),
    codeVersions.count === 0 ? null : `The training code was at version ${listed(codeVersions)}.`,
    libraries.length === 0
      ? 'The versions of the libraries are not recorded.'
      : `Software: ${tools(libraries)}.`,
    hardware.length === 0 ? null : `Hardware: ${tools(hardware)}.`,
    seconds && `Training took ${duration(seconds.sum)} in total${aside([partly(seconds.runs)])}.`,
    kilowattHours &&
      `The energy used was ${number(kilowattHours.sum, 3)}${NARROW_SPACE}kWh${aside([`method: ${listed(kilowattHours.methods, quoted)}`, partly(kilowattHours.runs)])}.`,
  ];
}

function modelRuns({ model, runs, seeds, runsWithoutSeed, folds, repeats, splits }: MethodsModel): string {
  const seed =
    seeds.count === 0 ? 'seed not recorded' : `${seeds.count === 1 ? 'seed' : 'seeds'} ${listed(seeds)}`;
  const unseeded =
    seeds.count > 0 && runsWithoutSeed > 0
      ? `, not recorded for ${count(runsWithoutSeed, 'run', 'runs')}`
      : '';
  const details = [
    `${seed}${unseeded}`,
    folds.count === 0 ? null : `${folds.count === 1 ? 'fold' : 'folds'} ${listed(folds)}`,
    repeats.count === 0 ? null : `${repeats.count === 1 ? 'repeat' : 'repeats'} ${listed(repeats)}`,
    splits.count === 0 ? null : `on the ${splits.count === 1 ? 'split' : 'splits'} ${listed(splits, quoted)}`,
  ].filter((detail) => detail !== null);
  return `The model ${quoted(model)} was trained in ${count(runs, 'run', 'runs')} (${details.join('; ')}).`;
}
