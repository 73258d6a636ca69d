import {
  createSplit,
  freezeSplit,
  readAssignment,
  readPartField,
  type SplitReport,
} from '../client/divide-dataset.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson, printTable } from './print.ts';
import { partsOf, strategyOf } from './split-words.ts';

interface SplitOptions extends AccessOptions {
  readonly dataset: string;
  readonly name: string;
  readonly strategy?: string;
  readonly groupBy?: string;
  readonly stratifyBy?: string;
  readonly parts?: string;
  readonly folds?: number;
  readonly seed: string;
  readonly from?: string;
  readonly partField?: string;
  readonly freeze?: boolean;
  readonly waiver?: string;
}

export async function split(options: SplitOptions): Promise<void> {
  const {
    dataset,
    name,
    seed,
    groupBy = null,
    stratifyBy = null,
    folds = null,
    from,
    partField,
    waiver = null,
  } = options;
  const strategy = strategyOf(options);
  const parts = partsOf(options.parts ?? '');
  const access = await accessOf(options);
  const assignment =
    from !== undefined
      ? await readAssignment(access, dataset, from)
      : partField !== undefined
        ? await readPartField(access, dataset, partField)
        : [];
  const wish = { dataset, name, strategy, seed, groupBy, stratifyBy, parts, folds, assignment };
  const draft = await createSplit(access, wish);
  const report = options.freeze ? await freezeSplit(access, { dataset, name, waiver }) : draft;
  if (options.json) printJson(report);
  else printSplit(report);
}

function printSplit({ name, state, strategy, digest, certificate }: SplitReport): void {
  print(`${name}  ${strategy}  ${state}  ${digest}`);
  printTable(
    ['part', 'images', 'share', 'asked'],
    certificate.counts.map(({ part, images, share, asked }) => [part, images, share, asked ?? '']),
  );
  const findings = {
    'units or groups in two parts': certificate.sharedGroups,
    'same bytes in two parts': certificate.exactDuplicates,
    'same look in two parts': certificate.nearDuplicates,
  };
  for (const [what, { status, count, reason }] of Object.entries(findings))
    print(`${what}: ${status === 'EXAMINED' ? count : `not examined; ${reason}`}`);
  const missing = certificate.missingGroupKeys;
  if (missing && missing.count > 0) print(`${missing.count} images of unknown group: ${missing.treatment}`);
  if (certificate.leaks)
    print(certificate.waiver === null ? 'It leaks.' : `It leaks, by waiver: ${certificate.waiver}`);
}
