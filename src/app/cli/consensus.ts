import { makeConsensus } from '../client/make-consensus.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

interface ConsensusOptions extends AccessOptions {
  readonly dataset: string;
  readonly name: string;
  readonly method: string;
  readonly annotators?: readonly string[];
  readonly prior?: string;
  readonly tolerance?: string;
  readonly iterations?: number;
  readonly overlapAbove?: string;
  readonly supportAbove?: string;
}

/** Makes a consensus and prints its name, digest and what is to be known of it. */
export async function consensus(options: ConsensusOptions): Promise<void> {
  const { prior, tolerance, iterations, overlapAbove, supportAbove } = options;
  const told = { prior, tolerance, mostIterations: iterations, overlapAbove, supportAbove };
  const made = await makeConsensus(
    await accessOf(options),
    {
      dataset: options.dataset,
      name: options.name,
      method: options.method.toUpperCase().replaceAll('-', '_'),
      parameters: Object.fromEntries(
        Object.entries(told).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      ),
      annotators: options.annotators ?? null,
    },
    terminalProgress(),
  );
  if (options.json) return printJson(made);
  print(`${made.name}  ${made.digest}`);
  print(`  ${made.itemCount} images of revision ${made.revision}, ${made.tiedCount} tied; id ${made.id}`);
  if (made.severalClasses) print('  images show several classes: each share is of that class by itself');
  for (const {
    images,
    status,
    iterations: done,
    faults,
    classPrior,
    annotators,
    labelSwitchRisks,
  } of made.fits) {
    const why = faults.length > 0 ? ` (${faults.join(', ')}; vote shares stand in its place)` : '';
    print(`  model of ${images} images: ${status} after ${done} iterations${why}`);
    if (classPrior.length > 0)
      print(
        `    classes: ${classPrior.map(({ label, share }) => `${label} ${Number(share).toFixed(3)}`).join(', ')}`,
      );
    for (const { annotator, accuracy, information } of annotators)
      print(
        `    ${annotator}: right in ${percent(accuracy)}, tells ${percent(information)} of the uncertainty`,
      );
    for (const risk of labelSwitchRisks) print(`    beware: ${risk}`);
  }
}

const percent = (share: string | null) =>
  share === null ? 'unknown' : `${(100 * Number(share)).toFixed(1)} %`;
