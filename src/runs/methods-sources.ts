import { manyParts, namesParts } from './methods-choices.ts';
import type { Listed, MethodsFacts, MethodsRuns, MethodsSplit } from './methods-facts.ts';

/** One fact of the paragraph, and the record it was read from. */
export interface MethodsFact {
  /** Such as `images`, `split holdout`, `model resnet18`. */
  readonly name: string;
  /** In no language: digits without separators, a decimal point. */
  readonly value: string;
  readonly source: string;
}

/** Every fact that the paragraph rests on, with where it stands; what is unknown is not among them. */
export function methodsSources(facts: MethodsFacts): MethodsFact[] {
  const snapshot = `header of ${facts.digest}`;
  const { captured, sites, devices, ratings, agreement } = facts;
  const rows = `records of ${facts.slug} at revision ${facts.revision}`;
  const runs = `training runs on ${facts.digest} that were not withdrawn`;
  const stated: (MethodsFact | null)[] = [
    { name: 'dataset', value: facts.title, source: snapshot },
    told('licence', facts.licence, snapshot),
    { name: 'digest', value: facts.digest, source: snapshot },
    told('tags', facts.tags.join(', ') || null, 'tags of the snapshot'),
    { name: 'published', value: facts.published, source: 'record of publication' },
    { name: 'images', value: String(facts.images), source: snapshot },
    { name: 'images stored elsewhere', value: String(facts.references), source: snapshot },
    { name: 'unit', value: facts.unit.field, source: snapshot },
    { name: 'units', value: String(facts.unit.units), source: rows },
    { name: 'images of unknown unit', value: String(facts.unit.imagesOfUnknownUnit), source: rows },
    told('captured', captured && `${captured.from}/${captured.to} (${captured.images} images)`, rows),
    told('sites', sites && `${listed(sites.values)} (${sites.images} images)`, rows),
    told('devices', devices && `${listed(devices.values)} (${devices.images} images)`, rows),
    told('classes', facts.classes.join(', ') || null, snapshot),
    ...facts.annotations.map(({ kind, count }) => ({
      name: `annotations ${kind}`,
      value: String(count),
      source: rows,
    })),
    ...facts.raters.map(({ kind, count }) => ({
      name: `raters ${kind}`,
      value: String(count),
      source: rows,
    })),
    told(
      'people an image',
      ratings &&
        `mean ${ratings.mean}, minimum ${ratings.least}, maximum ${ratings.most}, images without ${ratings.imagesWithout}`,
      rows,
    ),
    told(
      'agreement',
      agreement &&
        (agreement.alpha === null
          ? `no value: ${agreement.reason}`
          : `${agreement.alpha}${agreement.interval ? ` [${agreement.interval.lower}, ${agreement.interval.upper}]` : ''}`),
      agreement ? `report ${agreement.report} (${agreement.specification})` : '',
    ),
    ...facts.consensus.map(({ name, method, digest }) => ({
      name: `consensus ${name}`,
      value: `${method} ${digest}`,
      source: snapshot,
    })),
    ...facts.splits.map((split) => ({
      name: `split ${split.name}`,
      value: splitText(split, facts.isPersonal),
      source: `split ${split.name} ${split.digest}`,
    })),
    ...(facts.runs === null ? [] : runFacts(facts.runs, runs)),
  ];
  return stated.filter((fact) => fact !== null);
}

function told(name: string, value: string | null, source: string): MethodsFact | null {
  return value === null ? null : { name, value, source };
}

function listed({ shown, count }: Listed): string {
  if (shown.length === 0) return String(count);
  return shown.length === count ? shown.join(', ') : `${shown.join(', ')}, … (${count} in all)`;
}

function splitText(split: MethodsSplit, isPersonal: boolean): string {
  const { strategy, seed, groupBy, stratifyBy, counts, waiver } = split;
  const parts = namesParts(split, isPersonal)
    ? counts.map(({ part, images }) => `${part} ${images}`).join(', ')
    : manyParts(counts, (least, most) => `${counts.length} parts of ${least} to ${most} images`);
  return [
    strategy,
    ...(seed === null ? [] : [`seed ${seed}`]),
    ...(groupBy === null ? [] : [`by ${groupBy}`]),
    ...(stratifyBy === null ? [] : [`balanced by ${stratifyBy}`]),
    parts,
    ...(waiver === null ? [] : [`leakage accepted: ${waiver}`]),
  ].join('; ');
}

function runFacts(runs: MethodsRuns, source: string): (MethodsFact | null)[] {
  const { seconds, kilowattHours } = runs;
  return [
    { name: 'runs', value: String(runs.runs), source },
    ...runs.models.map((model) => ({
      name: `model ${model.model}`,
      value: [
        `${model.runs} runs`,
        ...(['seeds', 'folds', 'repeats', 'splits'] as const)
          .filter((told) => model[told].count > 0)
          .map((told) => `${told} ${listed(model[told])}`),
      ].join('; '),
      source,
    })),
    told('code versions', runs.codeVersions.count === 0 ? null : listed(runs.codeVersions), source),
    ...runs.libraries.map(({ name, values }) => ({ name: `library ${name}`, value: listed(values), source })),
    ...runs.hardware.map(({ name, values }) => ({ name: `hardware ${name}`, value: listed(values), source })),
    told('duration', seconds && `${seconds.sum} s in ${seconds.runs} runs`, source),
    told(
      'energy',
      kilowattHours &&
        `${kilowattHours.sum} kWh in ${kilowattHours.runs} runs; ${kilowattHours.methods.shown.join(', ')}`,
      source,
    ),
  ];
}
