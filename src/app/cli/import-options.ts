import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { ANNOTATOR_KINDS } from '../../annotation/annotator-kind.ts';
import { columnMapping } from '../../interchange/column-mapping.ts';
import { RATING_LAYOUTS } from '../../interchange/rating-layout-names.ts';
import { setField } from '../../interchange/set-field.ts';
import { IMPORT_FORMATS } from '../client/import-formats.ts';

/** The grammar of `holotype import`. */
export function withImportOptions(command: Command): Command {
  command
    .description('brings images, labels and metadata into a dataset')
    .addArgument(new Argument('<format>', 'what lies there').choices([...IMPORT_FORMATS, 'duplicates']))
    .argument('<path>', 'a folder, or one file (a table may be packed with gzip)')
    .requiredOption('--dataset <slug>', 'the dataset')
    .option('--create', 'makes the dataset if it is not there')
    .option('--title <text>', 'with --create: its name for people')
    .option('--licence <spdx>', 'with --create: SPDX identifier')
    .addOption(
      new Option('--sensitivity <kind>', 'with --create: whether it speaks of people').choices([
        'none',
        'personal',
      ]),
    )
    .option('--unit <field>', 'with --create: what counts as one independent thing (subject)')
    .option('--images <folder>', 'where the image files lie')
    .option('--acquisition <file>', 'a table of metadata by image')
    .option('--map <pairs>', 'FIELD=COLUMN,… for columns of other names', refusingWrongUse(columnMapping))
    .option(
      '--set <field=template>',
      'a field of text and columns, e.g. part=train, image=test/{ID}.png, minute={Name~^.{13}}; may be repeated',
      refusingWrongUse(setField),
    )
    .option('--leave-out <columns>', 'COLUMN,… that are not taken over', list)
    .option('--label-separator <text>', 'table: what divides several labels in one cell')
    .option('--name-pattern <pattern>', 'metadata in file names, e.g. {site}/{subject}_{*}.jpg')
    .option('--by-reference', 'the bytes stay where they are')
    .addOption(
      new Option('--origin <index>', 'voc: where pixel indices begin').choices(['0', '1']).default('1'),
    )
    .option('--source <text>', 'duplicates: who found them, and how')
    .option('--round <name>', 'the open round the annotations were made in')
    .option('--strict', 'one thing refused, and the import fails')
    .option('--report <file>', 'writes the whole report as JSON, too');
  withAnnotators(command);
  withRatings(command);
  withMasks(command);
  return command;
}

function withAnnotators(command: Command): void {
  command
    .option('--annotator <name>', 'who annotated, where the source does not say')
    .addOption(
      new Option('--annotator-kind <kind>', 'what --annotator is').choices(
        ANNOTATOR_KINDS.map((kind) => kind.toLowerCase()),
      ),
    )
    .option(
      '--annotators <file>',
      'the table identity, pseudonym: who is behind each pseudonym (DATASET-annotators.csv); never sent',
    );
}

function withRatings(command: Command): void {
  command
    .addOption(
      new Option('--layout <layout>', 'ratings: how the table is laid out').choices([...RATING_LAYOUTS]),
    )
    .option('--columns <columns>', 'ratings: COLUMN,… of raters (wide, patterns) or classes (counts)', list)
    .option('--unnamed', 'ratings, wide: the columns are slots, no persons; their answers are counted')
    .option('--quantity <name>', 'ratings, wide: the cells are numbers of this, no classes')
    .option('--classes <names>', 'ratings, counts: CLASS,… of the columns, in order', list)
    .option('--count <column>', 'ratings, patterns: how many items were answered so', 'n')
    .addOption(
      new Option('--outer <level>', 'ratings, nested: what the first level names')
        .choices(['annotator', 'image'])
        .default('annotator'),
    );
}

function withMasks(command: Command): void {
  command
    .option(
      '--file <pattern>',
      'masks, yolo, labelme: which files, e.g. "{annotator}/seg_{image}.png"; may be repeated',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--label <class>', 'masks: what they show, where {label} is not in --file')
    .option(
      '--foreground <value>',
      'masks: the value of the object, or nonzero; never guessed',
      refusingWrongUse(foreground),
    )
    .option('--instances', 'masks: each value but 0 is an object of its own')
    .option('--ignore-case', 'masks: capitals do not matter in --file')
    .option('--prediction <pattern>', 'masks: which files are a model’s, that people corrected')
    .option('--model <name>', 'masks: the model of --prediction')
    .addOption(
      new Option('--task <task>', 'yolo: what rows of corners are; else what data.yaml says').choices([
        'detect',
        'segment',
        'obb',
      ]),
    );
}

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

/** A grey value, or #RRGGBB. */
function foreground(text: string): number | 'nonzero' {
  if (text === 'nonzero') return text;
  if (/^#[0-9a-f]{6}$/i.test(text)) return Number.parseInt(text.slice(1), 16);
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  throw new Error('It is a value such as 0 or 255, a colour such as #FF0000, or nonzero.');
}

/** An option's parser whose refusal is a wrong use of the command line. */
export function refusingWrongUse<Read extends (text: string, before?: never) => unknown>(read: Read): Read {
  return ((text, before) => {
    try {
      return read(text, before);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  }) as Read;
}
