import { DomainError } from '../kernel/errors.ts';
import type { Geometry } from './geometry.ts';

/** The member of the GraphQL input that carries each kind of shape. */
const MEMBERS = {
  POINT: 'point',
  BOX: 'box',
  ROTATED_BOX: 'rotatedBox',
  POLYGON: 'polygon',
  POLYLINE: 'polyline',
  ELLIPSE: 'ellipse',
  MASK: 'mask',
} as const satisfies Record<Geometry['kind'], string>;

/** GraphQL has no input unions: a shape comes and goes as an object with exactly one member. */
export function geometryFromForm(form: object | null): Geometry | null {
  if (form === null) return null;
  const given = Object.entries(form).filter(([, shape]) => shape !== undefined && shape !== null);
  const kinds = Object.keys(MEMBERS) as Geometry['kind'][];
  const kind = kinds.find((candidate) => MEMBERS[candidate] === given[0]?.[0]);
  if (given.length !== 1 || !kind)
    throw new DomainError('BAD_INPUT', `geometry: give exactly one shape, not ${given.length}.`);
  return { kind, ...given[0]![1] } as Geometry;
}

export function geometryToForm(geometry: Geometry | null): object | null {
  if (geometry === null) return null;
  const { kind, ...shape } = geometry;
  return { [MEMBERS[kind]]: shape };
}
