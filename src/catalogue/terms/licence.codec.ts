import { createRequire } from 'node:module';

// Node 20 warns of JSON that is imported.
const require = createRequire(import.meta.url);
const current: readonly string[] = require('spdx-license-ids/index.json');
const deprecated: readonly string[] = require('spdx-license-ids/deprecated.json');

const OWN = /^LicenseRef-[A-Za-z0-9.-]{1,64}$/;
const IDENTIFIERS: readonly string[] = [...current, ...deprecated];
const KNOWN = new Set(IDENTIFIERS);
const NEAREST = 3;

/** Why this is no SPDX identifier, with those that are nearest; null: it is one, or none was given. */
export function licenceFault(licence: string | null): string | null {
  if (licence === null || KNOWN.has(licence) || OWN.test(licence)) return null;
  const nearest = nearestTo(licence).join(', ');
  return `"${licence.slice(0, 64)}" is no SPDX identifier; nearest are ${nearest}. One that SPDX does not list is LicenseRef-NAME.`;
}

/** By pairs of letters that they share (Dice's coefficient), whatever their case. */
function nearestTo(licence: string): string[] {
  const wanted = pairsOf(licence.slice(0, 64));
  return IDENTIFIERS.map((identifier) => ({ identifier, alike: likeness(wanted, pairsOf(identifier)) }))
    .sort((one, other) => other.alike - one.alike)
    .slice(0, NEAREST)
    .map(({ identifier }) => identifier);
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = [...one].filter((pair) => other.has(pair)).length;
  return (2 * shared) / (one.size + other.size || 1);
}

function pairsOf(text: string): Set<string> {
  const letters = text.toLowerCase().replace(/[^a-z0-9.]/g, '');
  return new Set(
    Array.from({ length: Math.max(letters.length - 1, 0) }, (_, at) => letters.slice(at, at + 2)),
  );
}
