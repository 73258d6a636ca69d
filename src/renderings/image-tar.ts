import { compareText } from '../kernel/compare-text.ts';
import { partsOf, pathName, splitFolder, splitsOf } from './part-paths.ts';
import type { RenderingFormat, RenderingInput, TreeMember } from './rendering.ts';
import { imageFileName, imageMember } from './tree-members.ts';

/** The images of a split as they came, `PART/<id>.<extension>`, in a tar that anybody can rebuild. */
export const IMAGE_TAR: RenderingFormat = {
  kind: 'TREES',
  version: 1,
  holdsPixels: true,
  purpose: 'The images as they came, by part, in one tar; COCO and Croissant point into it.',
  limits: ['Images alone; what is said of them stands in the other forms.'],
  async *trees(input) {
    const { header } = input.source;
    for (const split of splitsOf(header))
      yield { path: `${splitFolder(header, split)}images.tar`, members: () => images(input, split) };
  },
};

async function* images({ source, losses }: RenderingInput, split: string | null): AsyncGenerator<TreeMember> {
  const parts = partsOf(source.header)
    .filter((part) => part.split === split)
    .sort((a, b) => compareText(`${pathName(a.part)}/`, `${pathName(b.part)}/`));
  let absent = 0;
  for (const part of parts) {
    for await (const { entry } of source.images(part)) {
      if (entry.pixels === 'reference') absent++;
      else yield imageMember(`${pathName(part.part)}/${imageFileName(entry)}`, source, entry);
    }
  }
  losses.add('images', 'Images by reference lie elsewhere.', absent);
}
