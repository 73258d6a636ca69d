import type { ImageRecord, RenderingSource, TreeMember } from './rendering.ts';

export function textMember(path: string, text: string): TreeMember {
  const bytes = Buffer.from(text, 'utf8');
  return { path, size: bytes.length, chunks: [bytes] };
}

/** The image as it came; of one with `pixels: "bytes"`. */
export function imageMember(path: string, source: RenderingSource, entry: ImageRecord['entry']): TreeMember {
  return { path, size: entry.size!, chunks: source.bytes(entry), image: entry };
}

/** The name of an image's file in every form: `<id>.<extension of its media type>`. */
export function imageFileName({ path }: ImageRecord['entry']): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
