import type { MethodsFact } from '../../runs/methods-sources.ts';
import type { MethodsLanguage } from '../../runs/methods-writing.ts';
import { ask } from './graphql.ts';
import type { ServerAccess } from './http.ts';
import { resolveReference } from './resolve-reference.ts';

interface MethodsAnswer {
  readonly text: string;
  readonly facts: readonly MethodsFact[];
}

/** The paragraph of a snapshot, named by `sha256:HEX`, `SLUG@TAG` or `SLUG@sha256:HEX`. */
export async function readMethods(
  access: ServerAccess,
  reference: string,
  wish: { language: MethodsLanguage; models: readonly string[] | null },
): Promise<MethodsAnswer> {
  const digest = await resolveReference(access, reference);
  const { snapshot } = await ask<{ snapshot: { methods: MethodsAnswer } }>(
    access,
    `query Methods($digest: String!, $language: MethodsLanguage!, $models: [String!]) {
       snapshot(digest: $digest) { methods(language: $language, models: $models) { text facts { name value source } } } }`,
    { digest, ...wish },
  );
  return snapshot.methods;
}
