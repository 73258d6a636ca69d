import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WithdrawalFeed } from '../backup/apply-withdrawals.ts';

export function addBackup(command: Command): void {
  command
    .description(
      'copies everything that a running server holds into a folder; what is there is not copied again',
    )
    .argument('<folder>', 'a folder of backups')
    .addOption(
      new Option('--retain <time>', 'how long it may be restored, such as 30d, 12h or 8w')
        .default(milliseconds('30d'), '30d')
        .argParser(milliseconds),
    )
    .action(async (folder, options) => (await import('./backup.ts')).backup(folder, options));
}

export function addRestore(command: Command): void {
  command
    .description('restores a backup into an empty server, which does not run meanwhile')
    .argument('<folder>', 'a folder of backups')
    .option('--backup <name>', 'which of them; the youngest unless said')
    .option(
      '--withdrawals <slug=file...>',
      'feeds of withdrawals younger than the backup, which are made again before anybody is let in',
      withdrawalFeed,
    )
    .option('--token <token>', 'for --withdrawals; unless said, HOLOTYPE_TOKEN')
    .option('--json', 'one JSON document on standard output')
    .action(async (folder, options) => (await import('./restore.ts')).restore(folder, options));
}

function withdrawalFeed(text: string, held: readonly WithdrawalFeed[] = []): WithdrawalFeed[] {
  const [, dataset, path] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!dataset || !path) throw new InvalidArgumentError(`"${text}" is not SLUG=FILE.`);
  return [...held, { dataset, path }];
}

function milliseconds(text: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };
  const [, count, unit = ''] = /^([1-9][0-9]{0,3})([hdw])$/.exec(text) ?? [];
  if (count === undefined) throw new InvalidArgumentError(`"${text}" is no time such as 30d, 12h or 8w.`);
  return Number(count) * units[unit]!;
}
