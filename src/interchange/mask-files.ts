import { DomainError } from '../kernel/errors.ts';
import { fileNamePattern } from './file-name-pattern.ts';

export interface MaskFile {
  /** Below the folder. */
  readonly path: string;
  /** As the path states it. */
  readonly image: string;
  readonly annotator: string | null;
  readonly label: string | null;
  readonly isPrediction: boolean;
}

export interface MaskPatterns {
  /** Of the masks that people drew; the first that fits counts. */
  readonly files: readonly string[];
  /** Of a model's masks, which people corrected. */
  readonly prediction: string | null;
  readonly ignoreCase: boolean;
}

const PLACEHOLDERS = ['image', 'annotator', 'label'];

/**
 * Which files of a folder are masks, of which image, by whom: patterns with {image}, and perhaps {annotator}, {label}
 * and {*}, as file-name-pattern.ts reads them. Throws BAD_INPUT for a pattern that is not usable.
 */
export function maskFiles(
  names: readonly string[],
  { files, prediction, ignoreCase }: MaskPatterns,
): { masks: MaskFile[]; unmatched: string[] } {
  if (files.length === 0)
    throw new DomainError(
      'BAD_INPUT',
      'No pattern says which files are masks; give --file, e.g. --file "{annotator}/seg_{image}.png".',
    );
  const masks = new Map<string, MaskFile>();
  const patterns = [...files, ...(prediction === null ? [] : [prediction])];
  for (const [index, pattern] of patterns.entries()) {
    refuseUnknown(pattern);
    const isPrediction = index === files.length;
    const left = names.filter((name) => !masks.has(name));
    for (const { image: path, columns } of fileNamePattern(pattern, left, ignoreCase).acquisition) {
      const stated = new Map(columns.map(({ name, value }) => [name, value]));
      masks.set(path, {
        path,
        image: stated.get('image')!,
        annotator: stated.get('annotator') ?? null,
        label: stated.get('label') ?? null,
        isPrediction,
      });
    }
  }
  return { masks: [...masks.values()], unmatched: names.filter((name) => !masks.has(name)) };
}

function refuseUnknown(pattern: string): void {
  const named = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  const unknown = named.find((name) => name !== '*' && !PLACEHOLDERS.includes(name));
  if (unknown !== undefined || !named.includes('image'))
    throw new DomainError(
      'BAD_INPUT',
      `"${pattern}" ${unknown === undefined ? 'says no image' : `has {${unknown}}`}; a pattern of masks has {image}, and may have {annotator}, {label} and {*}.`,
    );
}
