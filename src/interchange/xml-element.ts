/** Parsed XML: text, or child elements by name. */
export type XmlValue = string | XmlElement | (string | XmlElement)[];
export interface XmlElement {
  [name: string]: XmlValue;
}

/** The child elements of this name; a child with text alone is one with `#text`. */
export function elementsOf(parent: XmlElement, name: string): XmlElement[] {
  const value = parent[name] ?? [];
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => (typeof each === 'string' ? { '#text': each } : each));
}

/** The text of the only child of this name; null where there is none, or several, or it has children itself. */
export function textOf(parent: XmlElement, name: string): string | null {
  const value = Object.hasOwn(parent, name) ? parent[name] : undefined;
  return typeof value === 'string' ? decodeReferences(value).trim() : null;
}

const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', apos: "'", quot: '"' };

/** XML 1.0 §4.1 and §4.6: character references and the five predefined entities, each replaced once. */
function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#([0-9]{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|apos|quot));/gi,
    (written, ...groups) => {
      const [decimal, hexadecimal, name] = groups as (string | undefined)[];
      if (name !== undefined) return PREDEFINED[name] ?? written;
      const codePoint = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
      return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : written;
    },
  );
}
