import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { columnMapping } from '../../interchange/column-mapping.ts';
import { checkMlflowMapping } from '../../interchange/mlflow-report.ts';
import { WITHDRAWAL_REASONS } from '../../stewardship/withdrawal/withdrawal.ts';
import { EXPORT_FORMATS } from '../client/export-formats.ts';
import { REPORT_KINDS } from '../client/report-kinds.ts';
import { addBackup, addRestore } from './backup-options.ts';
import { addDocument } from './document-options.ts';
import { refusingWrongUse, withImportOptions } from './import-options.ts';
import { addAccess } from './people-options.ts';
import { addPublication } from './publication-options.ts';
import { addTerms } from './terms-options.ts';

/** The whole grammar of the command line. What a command does is loaded when it is given, and not before. */
export function holotypeCommand(): Command {
  const program = new Command('holotype')
    .description('Governs annotated image datasets and their bias metadata.')
    .version(packageJson.version)
    .showHelpAfterError('(holotype --help shows the commands.)');
  addServe(program);
  addImport(program);
  addExclude(program);
  addTarget(program);
  addSplit(program);
  addCertificate(program);
  addDocument(asksServer(program.command('document')), asksServer);
  addExport(program);
  addConsensus(program);
  addPublish(program);
  addPublication(program, asksServer);
  addWithdraw(program);
  addReport(program);
  addRuns(program);
  addMethods(program);
  addRender(program);
  addTerms(asksServer(program.command('terms')), asksServer);
  addPull(program);
  addVerify(program);
  addVerifyProof(program);
  addAttest(program);
  addKeys(program);
  addAccess(program.command('access'), asksServer);
  addAudit(program);
  addBackup(asksServer(program.command('backup')));
  addRestore(program.command('restore').addOption(dataDir()));
  return program;
}

const dataDir = () =>
  new Option('--data-dir <folder>', 'embedded database, blobs, administrator’s token').env(
    'HOLOTYPE_DATA_DIR',
  );

/** Names with commas between them. */
const names = (text: string) => text.split(',').map((name) => name.trim());

function asksServer(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--server <url>',
        'the server; unless said, the one of the data folder, else port 4000 here',
      ).env('HOLOTYPE_SERVER'),
    )
    .addOption(new Option('--token <token>', 'unless said, HOLOTYPE_TOKEN, else the data folder’s'))
    .addOption(dataDir())
    .option('--json', 'one JSON document on standard output');
}

function addServe(program: Command): void {
  program
    .command('serve')
    .description('starts the server')
    .option('--port <number>', 'port to listen on; 0 takes any free one (PORT; 4000)')
    .option('--host <address>', 'address to listen on (HOST; 127.0.0.1)')
    .addOption(dataDir())
    .option('--demo', 'with a small simulated dataset, published, at the first start')
    .action(async (options) => (await import('./serve.ts')).serve(options));
}

function addImport(program: Command): void {
  withImportOptions(asksServer(program.command('import'))).action(async (format, path, options) =>
    (await import('./import.ts')).importCommand(format, path, options),
  );
}

function addExclude(program: Command): void {
  asksServer(program.command('exclude'))
    .description('keeps images out, each with a stage and a reason; all or none')
    .requiredOption('--dataset <slug>', 'the dataset')
    .requiredOption('--from <file>', 'a table with the columns image, stage, reason')
    .action(async (options) => (await import('./exclude.ts')).exclude(options));
}

function addTarget(program: Command): void {
  asksServer(program.command('target'))
    .description('declares the population that the model will meet; one of the same name is replaced')
    .argument('<slug>', 'the dataset')
    .argument('<file>', 'a table: factor, level, share; or a column for each factor, share, structural_zero')
    .requiredOption('--name <name>', 'the target’s name')
    .requiredOption('--source <text>', 'where the shares come from')
    .option('--dated <date>', 'year, month or day of the source')
    .action(async (slug, file, options) => (await import('./target.ts')).target(slug, file, options));
}

function addSplit(program: Command): void {
  asksServer(program.command('split'))
    .description('divides the kept images of a dataset')
    .requiredOption('--dataset <slug>', 'the dataset')
    .requiredOption('--name <name>', 'the split’s name; a draft of this name is made again')
    .option(
      '--strategy <name>',
      'random, stratified, grouped, k-fold, leave-one-group-out, by-time, imported, …',
    )
    .option('--group-by <field>', 'what keeps images together')
    .option('--stratify-by <field>', 'what is kept in proportion; label, or a field')
    .option('--parts <shares>', 'NAME=SHARE,… that sum to 1')
    .option('--folds <number>', 'for k-fold strategies', wholeNumber)
    .option('--seed <text>', 'the same seed divides the same way', '0')
    .option('--from <path>', 'for imported: a table with image, part, or a Pascal VOC folder')
    .option('--part-field <field>', 'for imported: the field that says the part of each image')
    .option('--freeze', 'freezes it for good')
    .option('--waiver <text>', 'why a split that leaks may be frozen')
    .action(async (options) => (await import('./split.ts')).split(options));
}

function addExport(program: Command): void {
  asksServer(program.command('export'))
    .description('writes what is said of the kept images in another format, and what that cannot carry')
    .addArgument(new Argument('<format>', 'the format').choices(Object.keys(EXPORT_FORMATS)))
    .argument('<folder>', 'where to')
    .requiredOption('--dataset <slug>', 'the dataset')
    .action(async (format, folder, options) =>
      (await import('./export.ts')).exportAnnotations(format, folder, options),
    );
}

function addConsensus(program: Command): void {
  asksServer(program.command('consensus'))
    .description('makes one answer of the ratings beside them, and prints its digest')
    .requiredOption('--dataset <slug>', 'the dataset')
    .requiredOption('--name <name>', 'a name to know it by')
    .addOption(
      new Option('--method <name>', 'how')
        .choices(['vote-share', 'dawid-skene', 'weighted-boxes-fusion', 'mean-mask', 'staple'])
        .makeOptionMandatory(),
    )
    .option('--annotators <name...>', 'whose ratings count; every person’s and group’s unless said')
    .option('--prior <decimal>', 'dawid-skene: added to every cell; 0 is maximum likelihood')
    .option('--tolerance <decimal>', 'dawid-skene: when to stop')
    .option('--iterations <number>', 'dawid-skene: at most so many', wholeNumber)
    .option('--overlap-above <decimal>', 'weighted-boxes-fusion: overlap from which boxes are one')
    .option('--support-above <decimal>', 'boxes and masks: share from which something is kept')
    .action(async (options) => (await import('./consensus.ts')).consensus(options));
}

function addCertificate(program: Command): void {
  asksServer(program.command('certificate'))
    .description('prints the certificate of a snapshot, or all that is proved of a frozen split')
    .argument('<ref>', 'sha256:…, SLUG@TAG or SLUG@sha256:…; of a split a slug as well')
    .option('--split <name>', 'of this split alone')
    .addOption(new Option('--format <format>', 'how').choices(['md', 'html', 'json']).default('md'))
    .action(async (ref, options) => (await import('./certificate.ts')).certificate(ref, options));
}

function addPublish(program: Command): void {
  asksServer(program.command('publish'))
    .description('publishes the kept images and prints the digest')
    .requiredOption('--dataset <slug>', 'the dataset')
    .option('--split <name...>', 'frozen splits to carry')
    .option('--consensus <name...>', 'consensuses to carry beside every rating')
    .option('--tag <name>', 'a name for the digest, which never moves')
    .option('--parent <digest>', 'the snapshot this one succeeds')
    .action(async (options) => (await import('./publish.ts')).publish(options));
}

function addWithdraw(program: Command): void {
  asksServer(program.command('withdraw'))
    .description('takes images back for good; without --yes says what that would reach')
    .argument('<slug>', 'the dataset')
    .option('--image <name...>', 'names or ids of images')
    .option('--subject <name>', 'the subject whose images are meant')
    .addOption(
      new Option(
        '--former <fate>',
        'what becomes of images that an earlier record alone says to be of the subject',
      ).choices(['withdraw', 'leave']),
    )
    .addOption(
      new Option('--reason <code>', 'why').choices(Object.keys(WITHDRAWAL_REASONS)).makeOptionMandatory(),
    )
    .option('--yes', 'do it: nothing brings them back')
    .action(async (slug, options) => (await import('./withdraw.ts')).withdraw(slug, options));
}

function addReport(program: Command): void {
  asksServer(program.command('report'))
    .description('prints the bias reports of a dataset or a snapshot')
    .argument('<ref>', 'a slug, sha256:…, SLUG@TAG or SLUG@sha256:…')
    .addOption(new Option('--kind <kind>', 'which report').choices([...REPORT_KINDS, 'all']).default('all'))
    .addOption(new Option('--format <format>', 'how').choices(['md', 'csv', 'json']).default('md'))
    .option('--split <name>', 'of this split: the split report, and the others at its revision')
    .option('--part <name>', 'only the images of this part of the split')
    .option('--target <name>', 'the target population, where several are declared')
    .option('--reference <slug>', 'a dataset to hold numbers against: a sample of the deployment')
    .option('--group <field>', 'split report: the field whose groups may not be shared; the unit unless said')
    .option('--external', 'split report: the test part is of another world on purpose')
    .action(async (ref, options) => (await import('./report.ts')).report(ref, options));
}

function addRuns(program: Command): void {
  const runs = program.command('runs').description('training runs that came back');
  asksServer(runs.command('list'))
    .description('lists the runs on a dataset or a snapshot')
    .argument('<ref>', 'a slug, sha256:…, SLUG@TAG or SLUG@sha256:…')
    .action(async (ref, options) => (await import('./runs.ts')).listRuns(ref, options));
  asksServer(runs.command('report'))
    .description('prints each model’s spread, its seed against its folds, and what can be said of every pair')
    .argument('<ref...>', 'sha256:…, SLUG@TAG or SLUG@sha256:…')
    .requiredOption('--metric <name>', 'such as accuracy')
    .option('--part <name>', 'what it was measured on', 'test')
    .option('--model <name...>', 'only these; every model unless said')
    .option('--claim <claim...>', 'A>B:0.02 claims that A is better than B by 0.02')
    .addOption(new Option('--better <way>', 'of the metric').choices(['greater', 'smaller']))
    .addOption(new Option('--format <format>', 'how').choices(['md', 'csv', 'json']).default('md'))
    .action(async (references, options) =>
      (await import('./runs-report.ts')).runsReport(references, options),
    );
  asksServer(runs.command('import-mlflow'))
    .description('reports the runs that MLflow’s tracking holds; sent twice they are there once')
    .argument('<path>', 'a folder mlruns, or the JSON of runs/search')
    .option('--snapshot <ref>', 'of runs that logged no snapshot: sha256:…, SLUG@TAG or SLUG@sha256:…')
    .option(
      '--map <pairs>',
      'FIELD=params.NAME,… or tags.NAME: model, seed, fold, repeat, split, part, …',
      refusingWrongUse(mlflowMapping),
    )
    .option('--part <name>', 'what metrics were measured on whose names do not say')
    .addOption(
      new Option('--first-fold <number>', 'the number of the first fold there')
        .choices(['0', '1'])
        .default('1'),
    )
    .option('--strict', 'sends nothing where anything is refused')
    .action(async (path, options) =>
      (await import('./runs-import-mlflow.ts')).importMlflowRuns(path, options),
    );
}

function addMethods(program: Command): void {
  asksServer(program.command('methods'))
    .description('prints a "Materials and methods" paragraph of a snapshot and of the runs on it')
    .argument('<ref>', 'sha256:…, SLUG@TAG or SLUG@sha256:…')
    .addOption(new Option('--language <language>', 'of the text').choices(['en', 'fr']).default('en'))
    .option('--model <name...>', 'the runs of these models alone')
    .action(async (ref, options) => (await import('./methods.ts')).methods(ref, options));
}

function addRender(program: Command): void {
  asksServer(program.command('render'))
    .description('has forms of a snapshot made, and prints where they are fetched')
    .argument('<ref>', 'sha256:…, SLUG@TAG or SLUG@sha256:…')
    .requiredOption('--format <names>', 'such as parquet,coco,croissant (docs/renderings.md)', names)
    .option('--consensus <name>', 'the consensus to be taken for the truth; the snapshot must carry it')
    .option('--annotator <pseudonym>', 'the annotator whose statements alone are wanted')
    .action(async (ref, options) => (await import('./render.ts')).render(ref, options));
}

function addPull(program: Command): void {
  asksServer(program.command('pull'))
    .description('brings a snapshot into a folder and proves every byte')
    .argument('[ref]', 'sha256:…, SLUG@TAG or SLUG@sha256:…; without it all that the lock file holds')
    .argument('[folder]', 'where to; the same command goes on where it was cut off')
    .option('--part <name>', 'PART or SPLIT:PART; every image unless said')
    .option(
      '--format <names>',
      'forms to lay out beside it, such as yolo,parquet (docs/renderings.md)',
      names,
    )
    .option('--consensus <name>', 'the consensus that the forms take for the truth')
    .option('--annotator <pseudonym>', 'the annotator whose statements alone the forms hold')
    .option('--lock [file]', 'write what was pulled into a lock file (holotype.lock), to be committed')
    .option('--frozen', 'refuse whatever is not in the lock file')
    .action(async (ref, folder, options) => (await import('./pull.ts')).pull(ref, folder, options));
}

function addVerify(program: Command): void {
  program
    .command('verify')
    .description('recomputes all that a pulled folder claims, offline unless asked otherwise')
    .argument('<folder>', 'a pulled folder')
    .argument('[digest]', 'the digest it must have, from the paper or the training run')
    .option('--key <file>', 'a public key (PEM) that must have signed the snapshot’s statement')
    .option('--attestation <file>', 'the statement’s envelopes; attestations.jsonl in the folder unless said')
    .option('--withdrawals', 'asks the server too, which images were withdrawn since')
    .option('--server <url>', 'the server to ask; the one it was pulled from unless said')
    .option('--token <token>', 'for that server; HOLOTYPE_TOKEN else')
    .option('--data-dir <folder>', 'where a server on this machine keeps its token')
    .option('--json', 'one JSON document on standard output')
    .action(async (folder, digest, options) => (await import('./verify.ts')).verify(folder, digest, options));
}

function addVerifyProof(program: Command): void {
  program
    .command('verify-proof')
    .description('proves that one image is in a snapshot, offline')
    .argument('<file>', 'what GET /snapshots/{digest}/proofs/{image} gave')
    .argument('<digest>', 'the snapshot, from the paper or the training run')
    .option('--json', 'one JSON document on standard output')
    .action(async (file, digest, options) =>
      (await import('./verify-proof.ts')).verifyProof(file, digest, options),
    );
}

function addAttest(program: Command): void {
  asksServer(program.command('attest'))
    .description('prints the signed statements about a snapshot, one envelope a line')
    .argument('<ref>', 'sha256:…, SLUG@TAG or SLUG@sha256:…')
    .action(async (ref, options) => (await import('./attest.ts')).attest(ref, options));
}

function addKeys(program: Command): void {
  asksServer(program.command('keys'))
    .description('prints the public keys by which the server has signed')
    .action(async (options) => (await import('./keys.ts')).keys(options));
}

function addAudit(program: Command): void {
  const audit = program.command('audit').description('the record of everything done');
  asksServer(audit.command('verify'))
    .description('recomputes every hash of the audit log; of an exported file without a server')
    .argument('[file]', 'what `holotype audit export` wrote')
    .option(
      '--key <files...>',
      'public keys in PEM by which its checkpoints must be signed (`holotype keys`)',
    )
    .action(async (file, options) => (await import('./audit.ts')).verifyAudit(file, options));
  asksServer(audit.command('export'))
    .description('writes the audit log to a file that can be checked anywhere')
    .argument('<file>')
    .option('--from <sequence>', 'the first event')
    .option('--to <sequence>', 'the last event')
    .action(async (file, options) => (await import('./audit.ts')).exportAuditFile(file, options));
}

function mlflowMapping(text: string): Map<string, string> {
  const mapping = columnMapping(text);
  checkMlflowMapping(mapping);
  return mapping;
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
