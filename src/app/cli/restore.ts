import { DomainError } from '../../kernel/errors.ts';
import { applyWithdrawals, type WithdrawalFeed } from '../backup/apply-withdrawals.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { readConfiguration } from '../configuration.ts';
import { print, printJson } from './print.ts';
import { terminalProgress } from './terminal-progress.ts';

interface RestoreOptions {
  readonly backup?: string;
  readonly dataDir?: string;
  readonly withdrawals?: readonly WithdrawalFeed[];
  readonly token?: string;
  readonly json?: boolean;
}

/** Restores a backup into the empty place that the settings of `serve` name; no server runs there meanwhile. */
export async function restore(folder: string, options: RestoreOptions): Promise<void> {
  const configuration = readConfiguration({ dataDir: options.dataDir }, process.env);
  const { withdrawals = [], json } = options;
  const token = options.token ?? process.env.HOLOTYPE_TOKEN ?? null;
  if (withdrawals.length > 0 && token === null)
    throw new DomainError(
      'BAD_INPUT',
      '--withdrawals needs --token of somebody who may withdraw images there.',
    );
  const progress = terminalProgress();
  const restored = await restoreBackup(configuration, { folder, name: options.backup, progress });
  const withdrawn = withdrawals.length > 0 ? await applyWithdrawals(configuration, token, withdrawals) : 0;
  if (json) return printJson({ ...restored, withdrawn });
  const { name, rows, blobs } = restored;
  print(`${name} restored: ${rows} rows and ${blobs.count} blobs; tokens are valid as they were`);
  if (withdrawals.length > 0) print(`${withdrawn} images were withdrawn again`);
}
