import { numberOccurrences } from '../annotation/annotation-draft.ts';
import { DomainError } from '../kernel/errors.ts';
import { refusingFaults } from './field-fault.ts';
import { emptyPlan, type ImportPlan } from './import-plan.ts';
import { isJsonObject, textMember } from './json-members.ts';
import { namesByStem } from './names-by-stem.ts';
import { parseJson } from './parse-json.ts';
import { type LabelMeOptions, planLabelMe } from './plan-labelme.ts';

export { writeLabelMe } from './write-labelme.ts';

/** What LabelMe's lists of labels name besides classes. */
const NO_CLASSES = new Set(['__ignore__', '_background_']);

/**
 * Reads LabelMe files, one JSON for each image (Russell et al. 2008; the `labelme` program), and `labels.txt`, its list
 * of classes. Coordinates are 0-based with continuous edges, of the image as shown: with `orientations` they are turned
 * back to stored pixels. `rectangle` is a BOX, `circle` an ELLIPSE, `line` and `linestrip` a POLYLINE, `point` and each
 * of `points` a POINT, `mask` a MASK where `decodePng` is given. A flag of the file that is set is a CLASS; flags,
 * description and `group_id` of a shape are attributes. A file that says nothing is an EMPTY: somebody saved it.
 * Faults never throw: each is a refusal of its file or shape. What `writeLabelMe` puts under `holotype` is restored.
 */
export function readLabelMe(
  files: readonly { readonly path: string; readonly text: string }[],
  options: LabelMeOptions,
): ImportPlan {
  const versions = new Set<string>();
  const plan = emptyPlan({ format: 'LabelMe', version: null, frame: 'pixel edges as shown, 0-based' });
  const names = [...(options.sizes?.keys() ?? [])];
  const context = { ...options, namesByStem: namesByStem(names), namesByBase: namesByBase(names) };
  const listed: string[] = [];
  for (const { path, text } of files) {
    if (/(?:^|[\\/])labels\.txt$/i.test(path)) {
      listed.push(
        ...text
          .replace(/^\uFEFF/, '')
          .split(/\r\n|\n|\r/)
          .filter((line) => line.trim() !== '' && !NO_CLASSES.has(line)),
      );
      continue;
    }
    refusingFaults(plan, path, () => {
      const root = parseJson(text);
      if (!isJsonObject(root))
        throw new DomainError('MALFORMED_FILE', 'The file is no JSON object; is this LabelMe?');
      versions.add(textMember(root.version) ?? '');
      planLabelMe(plan, path, root, context);
    });
  }
  plan.images = [...new Map(plan.images.map((image) => [image.name, image])).values()];
  const used = plan.annotations.flatMap(({ label }) => (label === null ? [] : [label]));
  plan.classes = [...new Set([...listed, ...used])];
  plan.annotations = numberOccurrences(plan.annotations);
  const version = versions.size === 1 ? [...versions][0]! : '';
  return version === '' ? plan : { ...plan, source: { ...plan.source, version } };
}

function namesByBase(names: readonly string[]): Map<string, string[]> {
  const byBase = new Map<string, string[]>();
  for (const name of names) {
    const base = name.slice(name.lastIndexOf('/') + 1);
    const found = byBase.get(base);
    if (found === undefined) byBase.set(base, [name]);
    else found.push(name);
  }
  return byBase;
}
