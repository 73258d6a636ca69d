import { publishDataset } from '../client/publish-dataset.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface PublishOptions extends AccessOptions {
  readonly dataset: string;
  readonly split?: readonly string[];
  readonly consensus?: readonly string[];
  readonly tag?: string;
  readonly parent?: string;
}

/** Prints the digest and nothing else, so that a script can take it. */
export async function publish(options: PublishOptions): Promise<void> {
  const { dataset, split = [], consensus = [], tag = null, parent = null } = options;
  const report = await publishDataset(await accessOf(options), {
    dataset,
    splits: split,
    consensuses: consensus,
    tag,
    parent,
  });
  if (options.json) printJson(report);
  else print(report.digest);
}
