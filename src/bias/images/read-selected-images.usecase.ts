import { findImages, type Image } from '../../catalogue/image.store.ts';
import {
  CURSOR_KEYS,
  decodeCursor,
  type Page,
  type PageRequest,
  pageSize,
  toPage,
} from '../../kernel/page.ts';
import type { Context } from '../../platform/context.ts';
import type { ImageSelection } from './image-selection.ts';
import { listSelectedIds, type SelectionMoment } from './selected-images.store.ts';

/** The images a finding speaks of, as of the revision of its report, in the order of their ids. */
export async function readSelectedImages(
  { db }: Context,
  selection: ImageSelection & SelectionMoment,
  request: PageRequest,
): Promise<Page<Image>> {
  const ids = await listSelectedIds(db, selection, selection, {
    after: decodeCursor(request, CURSOR_KEYS.id),
    limit: pageSize(request) + 1,
  });
  const images = new Map((await findImages(db, selection, ids)).map((image) => [image.id, image]));
  return toPage(
    ids.flatMap((id) => images.get(id) ?? []),
    request,
    ({ id }) => id,
  );
}
