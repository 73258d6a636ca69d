import {
  awaitWithdrawal,
  type MeantImages,
  previewWithdrawal,
  type WithdrawalProgress,
  withdrawImages,
} from '../client/withdraw-images.ts';
import { type AccessOptions, accessOf } from './access.ts';
import { print, printJson } from './print.ts';

interface WithdrawOptions extends AccessOptions {
  readonly image?: string[];
  readonly subject?: string;
  readonly former?: 'withdraw' | 'leave';
  readonly reason: string;
  readonly yes?: boolean;
}

/** What takes longer goes on without whoever waits. */
const PATIENCE_MILLISECONDS = 30_000;

/** Without --yes nothing is done, and what would be is told in numbers. */
export async function withdraw(dataset: string, options: WithdrawOptions): Promise<void> {
  const access = await accessOf(options);
  const meant = {
    dataset,
    images: options.image ?? null,
    subject: options.subject ?? null,
    formerImages: (options.former?.toUpperCase() ?? null) as MeantImages['formerImages'],
  };
  const reach = await previewWithdrawal(access, meant);
  if (!options.yes) {
    if (options.json) return printJson({ done: false, reach });
    print(`${reach.images} images and ${reach.annotations} annotations of them would be destroyed for good.`);
    print(
      `${reach.snapshots.length} snapshots would be degraded, ${reach.renderings} forms of them destroyed:`,
    );
    for (const digest of reach.snapshots) print(`  ${digest}`);
    print(
      `${reach.trainingRuns} training runs were reported on these, and ${reach.consumers} principals fetched of them.`,
    );
    tellFormer(reach.formerImages, options);
    return print('Nothing was done. Give --yes to do it.');
  }
  const made = await withdrawImages(access, meant, options.reason);
  const progress = await awaitWithdrawal(access, made.id, PATIENCE_MILLISECONDS);
  if (options.json) return printJson({ done: true, reach, withdrawal: { ...made, ...progress } });
  print(
    `${made.imageCount} images of ${dataset} are withdrawn, as of revision ${made.revision} (${made.id})`,
  );
  tellProgress(progress);
}

function tellFormer(names: readonly string[], { former }: WithdrawOptions): void {
  if (names.length === 0) return;
  const fate = { withdraw: 'these go too', leave: 'these stay' };
  const words = former ? fate[former] : 'say --former withdraw or --former leave';
  print(`${names.length} images are of the subject by an earlier record alone; ${words}:`);
  for (const name of names) print(`  ${name}`);
}

function tellProgress({ completedAt, successors }: WithdrawalProgress): void {
  print(
    completedAt === null
      ? 'What lies in the blob store is being destroyed still: withdrawal { completedAt }.'
      : 'Nothing of them is left.',
  );
  for (const { parent, proposal, fault, state } of successors) {
    if (proposal) {
      print(
        `Proposed in the place of ${parent}: ${proposal.digest}, ${proposal.imageCount} images (${proposal.id})`,
      );
      print(`  for another to review: holotype review ${proposal.id} --approve`);
    } else if (state === 'FAILED') print(`Nothing is proposed in the place of ${parent}: ${fault}`);
    else print(`A successor of ${parent} is being made and will be proposed.`);
  }
}
