import { fieldFault } from './field-fault.ts';
import type { ImageDraft } from './import-plan.ts';

/** What a row states for the registration of its image. Throws INVALID_VALUE with the field. */
export function readRegistration(cells: ReadonlyMap<string, string>): Omit<ImageDraft, 'name'> {
  const draft: { -readonly [Field in keyof Omit<ImageDraft, 'name'>]: ImageDraft[Field] } = {};
  for (const field of ['width', 'height', 'size'] as const) {
    const text = cells.get(field) ?? '';
    if (text === '') continue;
    const number = Number(text);
    if (!/^[0-9]{1,15}$/.test(text) || number === 0) {
      fieldFault('INVALID_VALUE', field, `"${text}" is no whole number above 0.`);
    }
    draft[field] = number;
  }
  const digest = (cells.get('sha256') ?? '').toLowerCase().replace(/^sha256:/, '');
  if (digest !== '') {
    if (!/^[0-9a-f]{64}$/.test(digest)) {
      fieldFault('INVALID_VALUE', 'sha256', 'A SHA-256 has 64 hexadecimal characters.');
    }
    draft.digest = digest;
  }
  const [address, mediaType] = [cells.get('address') ?? '', cells.get('mediaType') ?? ''];
  if (address !== '') draft.address = address;
  if (mediaType !== '') draft.mediaType = mediaType;
  return draft;
}
