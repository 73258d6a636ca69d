import { XMLParser } from 'fast-xml-parser';
import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { readAnnotator } from './annotator-json.ts';
import { readCvatExtra } from './cvat-extra.ts';
import { refusingFaults } from './field-fault.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { type CvatOptions, planCvatImage } from './plan-cvat.ts';
import { EXTRA } from './statement-json.ts';
import { elementsOf, textOf, type XmlElement } from './xml-element.ts';

const DEEPEST_PATH = 24;
/** A parsed tree takes some tens of times as much memory; a project of 100 000 shapes has some 30 million characters. */
const LARGEST_FILE = 2 ** 27;

export { writeCvat } from './write-cvat.ts';

/**
 * Reads CVAT for images 1.1. Its frame is ours. The annotator is the shape's attribute `annotator`, else the job's
 * assignee, else `options.annotator`. `source` (manual, auto, semi-auto) stays an attribute. What `writeCvat` puts under
 * `holotype` is restored, unless the shape was edited since. Throws MALFORMED_FILE for what is no such file.
 */
export function readCvat(text: string, options: CvatOptions): ImportPlan {
  if (text.length > LARGEST_FILE)
    malformed(`The file is longer than ${LARGEST_FILE} characters; export it in parts.`);
  if (/<!DOCTYPE/i.test(text)) malformed('The file declares a DOCTYPE, which is not accepted; remove it.');
  const root = parse(text).annotations;
  if (typeof root !== 'object' || Array.isArray(root)) {
    return malformed('The root element is not <annotations>; is this a CVAT file?');
  }
  if (elementsOf(root, 'track').length > 0) {
    return malformed('The file has tracks of a video; export it as "CVAT for images 1.1".');
  }
  const version = textOf(root, 'version');
  const plan = emptyPlan({ format: 'CVAT', version, frame: 'pixel edges, 0-based' });
  const file = ourFile(plan, root);
  const meta = elementsOf(root, 'meta')[0] ?? {};
  const job = ['job', 'task', 'project'].flatMap((name) => elementsOf(meta, name))[0] ?? {};
  const assignee = elementsOf(job, 'assignee')[0] ?? {};
  const annotator = textOf(assignee, 'username') || textOf(assignee, '#text') || options.annotator;
  const declared = elementsOf(job, 'labels').flatMap((labels) => elementsOf(labels, 'label'));
  for (const [index, image] of elementsOf(root, 'image').entries()) {
    planCvatImage(plan, image, index, { ...options, annotator });
  }
  noteAutomatic(plan);
  const used = plan.annotations.map(({ label }) => label);
  const names = [...(file.classes ?? declared.map((label) => textOf(label, 'name'))), ...used];
  plan.classes = [...new Set(names.filter((name) => name !== null && name !== ''))] as string[];
  plan.annotations = numberOccurrences(plan.annotations);
  return plan;
}

/** What our writer says of the whole file. */
function ourFile(plan: ImportPlan, root: XmlElement): { classes: readonly string[] | null } {
  let classes: readonly string[] | null = null;
  refusingFaults(plan, 'annotations', () => {
    const extra = readCvatExtra(textOf(root, `@${EXTRA}`)) ?? {};
    if (Array.isArray(extra.classes)) classes = extra.classes.filter((name) => typeof name === 'string');
    for (const [index, row] of (Array.isArray(extra.annotators) ? extra.annotators : []).entries()) {
      plan.annotators.push(readAnnotator(row, `${EXTRA}/annotators[${index}]`));
    }
  });
  return { classes };
}

/** A shape that a model drew stands under the name of the person whose job it was. */
function noteAutomatic(plan: ImportPlan): void {
  const isAutomatic = ({ name, value }: { name: string; value: string }) =>
    name === 'source' && /auto/i.test(value);
  const count = plan.annotations.filter(({ attributes }) => attributes.some(isAutomatic)).length;
  if (count === 0) return;
  const message = `${count} statements have a source that is automatic: a model made them, perhaps not who is named. It stays their attribute.`;
  plan.notes.push({ where: 'source', message });
}

function parse(text: string): XmlElement {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    maxNestedTags: DEEPEST_PATH,
  });
  try {
    return parser.parse(text.replace(/^\uFEFF/, ''), true) as XmlElement;
  } catch (error) {
    return malformed(`The XML is not well formed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function malformed(message: string): never {
  throw new DomainError('MALFORMED_FILE', message);
}
