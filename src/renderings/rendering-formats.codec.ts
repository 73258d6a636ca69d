import { DomainError } from '../kernel/errors.ts';
import type { RenderingFormat } from './rendering.ts';

/** Every form in which a snapshot is handed out, by the name that `holotype render` and `holotype pull --format` know. */
export const RENDERING_FORMATS: Readonly<Record<string, RenderingFormat>> = {};

export function renderingFormat(name: string): RenderingFormat {
  const format = Object.hasOwn(RENDERING_FORMATS, name) ? RENDERING_FORMATS[name] : undefined;
  if (format === undefined) {
    const known = Object.keys(RENDERING_FORMATS).join(', ');
    throw new DomainError('NOT_FOUND', `format: "${name}" is none; a snapshot is rendered as ${known}.`);
  }
  return format;
}
