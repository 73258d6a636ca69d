import { type Command, Option } from 'commander';
import { PURPOSE_NAMES } from '../client/terms.ts';

/** `holotype terms SLUG` prints them; `holotype terms accept SLUG --purpose …` accepts them. */
export function addTerms(terms: Command, asksServer: (command: Command) => Command): void {
  terms
    .description('prints on which terms a dataset is handed out, and what you accepted of them')
    .argument('<slug>', 'the dataset')
    .action(async (slug, options) => (await import('./terms.ts')).terms(slug, options));
  asksServer(terms.command('accept'))
    .description('accepts the terms in force, on the record, for what the data are used')
    .argument('<slug>', 'the dataset')
    .addOption(new Option('--purpose <name...>', 'for what').choices(PURPOSE_NAMES).makeOptionMandatory())
    .option('--statement <text>', 'what the terms want said in writing')
    .action(async (slug, _options, command: Command) =>
      // `terms` has the same options and takes them, wherever they stand.
      (await import('./terms.ts')).accept(slug, command.optsWithGlobals()),
    );
}
