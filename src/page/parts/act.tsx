import { type AnyVariables, type TypedDocumentNode, useMutation } from '@urql/preact';
import { useState } from 'preact/hooks';
import { graphql, type ResultOf } from '../graphql.ts';
import { dictionary, useWords } from '../language.tsx';

/** Every result of a mutation is spread with this: `... on Problem { ...RefusalFields }`. */
export const RefusalFields = graphql(`
  fragment RefusalFields on Problem @_unmask {
    code
    message
    reasons { code message path }
  }
`);

export type Refused = ResultOf<typeof RefusalFields>;

const WORDS = dictionary(
  {
    refused: 'Refused; nothing was changed.',
    lost: 'The connection was lost before an answer came; look whether it was done.',
  },
  {
    refused: 'Refusé ; rien n’a été modifié.',
    lost: 'La connexion a été perdue avant la réponse ; vérifiez si cela a été fait.',
  },
);

export interface Act<Variables, Result> {
  readonly isRunning: boolean;
  readonly refusal: Refused | null;
  /** The result, or null where it was refused; the refusal then says why. */
  run(variables: Variables): Promise<Result | null>;
  forget(): void;
}

/** A mutation with one root field, whose refusals are typed. What it changed is asked anew by urql's cache, by type. */
export function useAct<Data extends Record<string, unknown>, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
): Act<Variables, Exclude<Data[keyof Data], { message: string }>> {
  const words = useWords(WORDS);
  const [{ fetching }, send] = useMutation(mutation);
  const [refusal, refuse] = useState<Refused | null>(null);
  return {
    isRunning: fetching,
    refusal,
    forget: () => refuse(null),
    async run(variables) {
      refuse(null);
      const { data, error } = await send(variables);
      const result =
        data && (Object.values(data).find((value) => value !== 'Mutation') as object | undefined);
      if (result && !('message' in result && 'code' in result)) return result as never;
      const [fault] = error?.graphQLErrors ?? [];
      if (result) refuse(result as Refused);
      else if (fault)
        refuse({ code: fault.extensions.code as Refused['code'], message: fault.message, reasons: [] });
      else refuse({ code: 'CONFLICT' as Refused['code'], message: words.lost, reasons: [] });
      return null;
    },
  };
}

/** Why it was refused: every reason, with the place in the input. */
export function Refusal({ refusal }: { refusal: Refused | null }) {
  const words = useWords(WORDS);
  if (!refusal) return null;
  return (
    <div class="notice" role="alert">
      <p>
        <strong>{words.refused}</strong> <span lang="en">{refusal.message}</span> <code>{refusal.code}</code>
      </p>
      {refusal.reasons.length > 0 && (
        <ul lang="en">
          {refusal.reasons.map(({ code, message, path }) => (
            <li key={path.join('.') + message}>
              {path.length > 0 && <code>{path.join('.')}</code>} {message} <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
