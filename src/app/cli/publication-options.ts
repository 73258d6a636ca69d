import { type Command, Option } from 'commander';

type AsksServer = (command: Command) => Command;

/** The commands of the publication gate: rules, proposals, reviews, waivers. */
export function addPublication(program: Command, asksServer: AsksServer): void {
  asksServer(program.command('rules'))
    .description('prints the rules that snapshots of a dataset have to meet, or declares them anew')
    .argument('<slug>', 'the dataset')
    .option('--set <rules...>', 'KIND, KIND=THRESHOLD, KIND:SUBJECT=THRESHOLD; a file.json of them; or none')
    .action(async (slug, options) => (await import('./publication.ts')).rules(slug, options));
  asksServer(program.command('propose'))
    .description('makes a snapshot and checks it for others to review; prints the proposal’s id')
    .requiredOption('--dataset <slug>', 'the dataset')
    .requiredOption('--message <text>', 'what the reviewers should know')
    .option('--split <name...>', 'frozen splits to carry')
    .option('--consensus <name...>', 'consensuses to carry beside every rating')
    .option('--tag <name>', 'a name for the digest, which never moves')
    .option('--parent <digest>', 'the snapshot this one succeeds')
    .action(async (options) => (await import('./publication.ts')).propose(options));
  asksServer(program.command('proposals'))
    .description('lists what was proposed of a dataset, latest first')
    .argument('<slug>', 'the dataset')
    .option('--open', 'only those that have not ended')
    .action(async (slug, options) => (await import('./publication.ts')).proposals(slug, options));
  asksServer(program.command('proposal'))
    .description('prints how a proposal stands to each rule, and what was said of it')
    .argument('<id>', 'the proposal')
    .action(async (id, options) => (await import('./publication.ts')).proposal(id, options));
  asksServer(program.command('review'))
    .description('says of another’s proposal whether it should be published')
    .argument('<id>', 'the proposal')
    .addOption(new Option('--approve', 'it should').conflicts('reject'))
    .addOption(new Option('--reject', 'it should not, which ends it; needs --comment'))
    .option('--comment <text>', 'in words', '')
    .action(async (id, options, command) =>
      options.approve || options.reject
        ? (await import('./publication.ts')).review(id, options)
        : command.error('error: --approve or --reject is needed.'),
    );
  asksServer(program.command('waive'))
    .description('lets another’s proposal through one rule that it does not meet, in writing')
    .argument('<id>', 'the proposal')
    .requiredOption('--rule <key>', 'KIND or KIND:SUBJECT')
    .requiredOption('--reason <text>', 'why; shown with the snapshot for ever')
    .action(async (id, options) => (await import('./publication.ts')).waive(id, options));
  asksServer(program.command('publish-proposal'))
    .description('publishes an approved proposal and prints the digest')
    .argument('<id>', 'the proposal')
    .action(async (id, options) => (await import('./publication.ts')).publishProposed(id, options));
  asksServer(program.command('withdraw-proposal'))
    .description('takes a proposal back')
    .argument('<id>', 'the proposal')
    .action(async (id, options) => (await import('./publication.ts')).withdraw(id, options));
}
