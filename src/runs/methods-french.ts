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

const { number, fixed, date, list, listed, quoted, count, duration } = writing('FR');

const COLON = `${NARROW_SPACE}: `;
const SEMICOLON = `${NARROW_SPACE}; `;

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  CLASS: ['classe d’image entière', 'classes d’image entière'],
  ATTRIBUTE: ['attribut', 'attributs'],
  VALUE: ['valeur', 'valeurs'],
  BOX: ['boîte', 'boîtes'],
  ROTATED_BOX: ['boîte orientée', 'boîtes orientées'],
  POINT: ['point', 'points'],
  POLYGON: ['polygone', 'polygones'],
  POLYLINE: ['ligne brisée', 'lignes brisées'],
  ELLIPSE: ['ellipse', 'ellipses'],
  MASK: ['masque', 'masques'],
  EMPTY: ['constat que rien n’est à marquer', 'constats que rien n’est à marquer'],
  SKIP: ['image abandonnée', 'images abandonnées'],
};
const RATERS: Readonly<Record<AnnotatorKind, readonly [string, string]>> = {
  HUMAN: ['personne', 'personnes'],
  GROUP: ['groupe de personnes', 'groupes de personnes'],
  MODEL: ['modèle', 'modèles'],
  DERIVED: ['règle dérivée d’autres annotations', 'règles dérivées d’autres annotations'],
  REFERENCE: ['source de référence', 'sources de référence'],
};
const CONSENSUS_METHODS: Readonly<Record<string, string>> = {
  VOTE_SHARE: 'part des voix',
  DAWID_SKENE: 'Dawid–Skene',
  WEIGHTED_BOXES_FUSION: 'fusion pondérée des boîtes',
  MEAN_MASK: 'masque moyen',
};

export function methodsFrench(facts: MethodsFacts): (string | null)[] {
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
        `Le consensus ${quoted(name)} a été tiré de ces annotations (méthode${COLON}${CONSENSUS_METHODS[method] ?? method}${SEMICOLON}${engine}${SEMICOLON}${digest}).`,
    ),
    ...(facts.splits.length === 0
      ? ['L’instantané ne porte aucune partition.']
      : facts.splits.map((split) => divided(split, facts))),
    ...(facts.runs === null
      ? ['Aucun entraînement n’est enregistré sur cet instantané.']
      : trained(facts.runs)),
    `Les données exactes s’obtiennent par \`holotype pull ${facts.slug}@${facts.digest}\` et se vérifient par \`sha256sum snapshot.json\`, qui affiche la même empreinte.`,
  ];
}

function source({ title, licence, digest, tags, published }: MethodsFacts): string {
  const named =
    tags.length === 0 ? '' : `, ${tags.length === 1 ? 'étiquette' : 'étiquettes'} ${list(tags.map(quoted))}`;
  const right = licence === null ? 'aucune licence déclarée' : `licence ${licence}`;
  return `Les images proviennent du jeu de données ${quoted(title)} (${right}), instantané ${digest}${named}, publié le ${date(published)}.`;
}

function holdings({ images, unit }: MethodsFacts): string {
  if (images === 0) return 'Il ne contient aucune image.';
  const held = `Il contient ${count(images, 'image', 'images')}`;
  if (unit.field === 'image')
    return `${held}, ${images === 1 ? 'tenue pour indépendante' : 'chacune étant tenue pour indépendante'}.`;
  const field = `(champ ${quoted(unit.field)})`;
  if (unit.units === 0)
    return `${held}${SEMICOLON}l’unité indépendante ${field} n’est connue pour aucune d’elles.`;
  const units = `${held} de ${count(unit.units, 'unité indépendante', 'unités indépendantes')} ${field}`;
  if (unit.imagesOfUnknownUnit === 0) return `${units}.`;
  return `${units}${SEMICOLON}l’unité de ${count(unit.imagesOfUnknownUnit, 'image', 'images')} n’est pas connue, et chacune de ces images compte pour une unité.`;
}

function pixels({ images, references }: MethodsFacts): string | null {
  if (references === 0) return null;
  const which = references === images ? 'toutes les images' : count(references, 'image', 'images');
  return `Les pixels de ${which} sont conservés ailleurs, et l’empreinte ne les fixe pas.`;
}

function capture({ images, captured, sites, devices }: MethodsFacts): string | null {
  const partly = (recorded: { readonly images: number }) =>
    isRecordedWhole(recorded, images)
      ? null
      : `renseigné pour ${number(recorded.images)} images sur ${number(images)}`;
  const which = (recorded: RecordedValues | null, one: string, many: string) =>
    recorded &&
    count(recorded.values.count, one, many) +
      aside([recorded.values.shown.length === 0 ? null : listed(recorded.values), partly(recorded)]);
  const when = captured && period(captured.from, captured.to) + aside([partly(captured)]);
  const at = which(sites, 'site', 'sites');
  const by = which(devices, 'appareil', 'appareils');
  const clauses = [when, at && `sur ${at}`, by && `avec ${by}`].filter((clause) => clause !== null);
  return clauses.length === 0 ? null : `Elles ont été acquises ${clauses.join(', ')}.`;
}

function period(from: string, to: string): string {
  const isDay = from.length > 7;
  if (from === to) return `${isDay ? 'le' : 'en'} ${date(from)}`;
  const article = isDay ? 'le ' : '';
  return `entre ${article}${date(from)} et ${article}${date(to)}`;
}

function aside(remarks: readonly (string | null)[]): string {
  const told = remarks.filter((remark) => remark !== null);
  return told.length === 0 ? '' : ` (${told.join(SEMICOLON)})`;
}

function annotations({ annotations: held, classes, raters }: MethodsFacts): string {
  const all = held.reduce((total, { count: some }) => total + some, 0);
  const shownClasses =
    classes.length === 0
      ? ''
      : `, pour ${count(classes.length, 'classe', 'classes')}${classes.length > 12 ? '' : ` (${list(classes.map(quoted))})`}`;
  if (all === 0) return 'Elles ne portent aucune annotation.';
  const kinds = list(
    held.map(({ kind, count: some }) => {
      const [one, many] = KINDS[kind] ?? [kind, kind];
      return count(some, one, many);
    }),
  );
  const who = list(raters.map(({ kind, count: some }) => count(some, ...RATERS[kind])));
  const by = raters.length === 0 ? '' : `, de ${who}`;
  return `Elles portent ${count(all, 'annotation', 'annotations')} (${kinds})${shownClasses}${by}.`;
}

function ratings({ annotations: held, ratings: people, images }: MethodsFacts): string | null {
  if (held.length === 0) return null;
  if (people === null) return 'Aucune image n’a été annotée par une personne.';
  const { mean, least, most, imagesWithout } = people;
  if (least === most)
    return `${images === 1 ? 'L’image' : 'Chaque image'} a été annotée par ${count(most, 'personne', 'personnes')}.`;
  const without =
    imagesWithout === 0
      ? ''
      : `${SEMICOLON}${count(imagesWithout, 'image n’a été annotée', 'images n’ont été annotées')} par personne`;
  return `Une image a été annotée par ${number(mean, 2)} ${mean < 2 ? 'personne' : 'personnes'} en moyenne (minimum ${number(least)}, maximum ${number(most)})${without}.`;
}

function agreement({ agreement: made, ratings: people }: MethodsFacts): string | null {
  if (people === null) return null;
  if (made === null) return 'L’accord entre annotateurs n’a pas été calculé.';
  const basis = `${count(made.images, 'image annotée', 'images annotées')} au moins deux fois, ${count(made.units, 'unité indépendante', 'unités indépendantes')}${SEMICOLON}${made.specification}`;
  if (made.alpha === null)
    return `L’accord entre annotateurs sur la classe d’une image (α de Krippendorff) n’a pas pu être estimé (${made.reason}${SEMICOLON}${basis}).`;
  const interval =
    made.interval === null
      ? 'aucun intervalle n’a pu être donné'
      : `intervalle à ${number(made.interval.level * 100, 1)}${NARROW_SPACE}%${COLON}${fixed(made.interval.lower, 2)} à ${fixed(made.interval.upper, 2)}`;
  return `L’accord entre annotateurs sur la classe d’une image, mesuré par l’α de Krippendorff, était de ${fixed(made.alpha, 2)} (nominal${SEMICOLON}${interval}${SEMICOLON}${basis}).`;
}

function divided(split: MethodsSplit, { images, isPersonal }: MethodsFacts): string {
  const { name, digest, seed, algorithm, groupBy, stratifyBy, counts, waiver } = split;
  const traits = splitTraits(split.strategy);
  const rules = [
    traits.grouped && groupBy !== null && traits.parts !== 'VALUES'
      ? `en gardant ensemble toutes les images d’une même valeur de ${quoted(groupBy)}`
      : null,
    traits.stratified
      ? stratifyBy === null
        ? 'en équilibrant les étiquettes'
        : `en équilibrant ${quoted(stratifyBy)}`
      : null,
  ].filter((rule) => rule !== null);
  const how = [manner(split), ...(rules.length === 0 ? [] : [list(rules)])].join(', ');
  const proof = [algorithm, seed === null ? null : `graine ${quoted(seed)}`, digest].filter(
    (part) => part !== null,
  );
  const left = images - counts.reduce((total, part) => total + part.images, 0);
  const parts = namesParts(split, isPersonal)
    ? list(
        counts.map(({ part, images: held }, index) =>
          index === 0
            ? `${count(held, 'image', 'images')} dans ${quoted(part)}`
            : `${number(held)} dans ${quoted(part)}`,
        ),
      )
    : manyParts(
        counts,
        (least, most) => `${number(counts.length)} parties de ${number(least)} à ${number(most)} images`,
      );
  const rest = left === 0 ? '' : `, et ${count(left, 'image', 'images')} dans aucune partie`;
  const leak =
    waiver === null
      ? ''
      : ` La fuite constatée entre ses parties a été acceptée pour cette raison${COLON}${quoted(waiver)}.`;
  return `La partition ${quoted(name)} ${how} (${proof.join(SEMICOLON)})${COLON}${parts}${rest}.${leak}`;
}

function manner({ strategy, counts, groupBy }: MethodsSplit): string {
  if (strategy === 'IMPORTED') return 'a été reprise telle qu’importée';
  if (strategy === 'BY_TIME') return 'répartit les images selon leur date d’acquisition';
  if (splitTraits(strategy).parts === 'VALUES')
    return groupBy === null
      ? 'fait une partie de chaque groupe'
      : `fait une partie de chaque valeur de ${quoted(groupBy)}`;
  return splitTraits(strategy).parts === 'FOLDS'
    ? `répartit les images au hasard en ${number(counts.length)} plis`
    : 'répartit les images au hasard';
}

function trained(made: MethodsRuns): (string | null)[] {
  const { runs, models, codeVersions, libraries, hardware, seconds, kilowattHours } = made;
  const partly = (told: number) =>
    told === runs ? null : `renseigné pour ${number(told)} entraînements sur ${number(runs)}`;
  const tools = (held: readonly MethodsTool[]) =>
    held
      .map(({ name, values, runs: told }) => `${name} ${listed(values)}${aside([partly(told)])}`)
      .join(SEMICOLON);
  return [
    ...models.map(modelRuns),
    codeVersions.count === 0 ? null : `Version du code d’entraînement${COLON}${listed(codeVersions)}.`,
    libraries.length === 0
      ? 'Les versions des bibliothèques ne sont pas renseignées.'
      : `Logiciels${COLON}${tools(libraries)}.`,
    hardware.length === 0 ? null : `Matériel${COLON}${tools(hardware)}.`,
    seconds && `L’entraînement a duré ${duration(seconds.sum)} au total${aside([partly(seconds.runs)])}.`,
    kilowattHours &&
      `L’énergie consommée était de ${number(kilowattHours.sum, 3)}${NARROW_SPACE}kWh${aside([`méthode${COLON}${listed(kilowattHours.methods, quoted)}`, partly(kilowattHours.runs)])}.`,
  ];
}

function modelRuns({ model, runs, seeds, runsWithoutSeed, folds, repeats, splits }: MethodsModel): string {
  const seed =
    seeds.count === 0
      ? 'graine non renseignée'
      : `${seeds.count === 1 ? 'graine' : 'graines'} ${listed(seeds)}`;
  const unseeded =
    seeds.count > 0 && runsWithoutSeed > 0
      ? `, non renseignée pour ${count(runsWithoutSeed, 'entraînement', 'entraînements')}`
      : '';
  const details = [
    `${seed}${unseeded}`,
    folds.count === 0 ? null : `${folds.count === 1 ? 'pli' : 'plis'} ${listed(folds)}`,
    repeats.count === 0 ? null : `${repeats.count === 1 ? 'répétition' : 'répétitions'} ${listed(repeats)}`,
    splits.count === 0
      ? null
      : `sur ${splits.count === 1 ? 'la partition' : 'les partitions'} ${listed(splits, quoted)}`,
  ].filter((detail) => detail !== null);
  return `Le modèle ${quoted(model)} a été entraîné ${number(runs)} fois (${details.join(SEMICOLON)}).`;
}
