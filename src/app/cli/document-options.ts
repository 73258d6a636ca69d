import { type Command, InvalidArgumentError, Option } from 'commander';
import { DOCUMENT_NAMES } from '../client/read-document.ts';

/** `holotype document REF` prints one; `holotype document answer SLUG ITEM TEXT` answers an item of it. */
export function addDocument(document: Command, asksServer: (command: Command) => Command): void {
  document
    .description('prints a document filled from the record, such as a datasheet')
    .argument('<ref>', 'a slug; or of a snapshot: sha256:…, SLUG@TAG or SLUG@sha256:…')
    .addOption(new Option('--kind <name>', 'which').choices(DOCUMENT_NAMES).default('datasheet'))
    .addOption(new Option('--format <format>', 'how').choices(['md', 'html', 'json']).default('md'))
    .option('--as-of <revision>', 'with people’s answers of this revision; of a dataset, all of it', revision)
    .option('--output <file>', 'write it there')
    .action(async (ref, options) => (await import('./document.ts')).document(ref, options));
  asksServer(document.command('answer'))
    .description('answers an item in words; they serve every document that asks the same')
    .argument('<slug>', 'the dataset')
    .argument('<item>', 'DOCUMENT.NUMBER, such as datasheet.1')
    .argument('[text]', 'the answer')
    .option('--file <path>', 'a file that holds the answer')
    .option('--withdraw', 'takes the answer back')
    .action(async (slug, item, text, _options, command: Command) =>
      // `document` has the same options and takes them, wherever they stand.
      (await import('./document.ts')).answer(slug, item, text, command.optsWithGlobals()),
    );
}

function revision(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('the number of a revision is expected.');
  return Number(text);
}
