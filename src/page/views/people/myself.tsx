import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { AccessTokenFields, HeldGrantFields } from './access-queries.ts';
import { Grants, Tokens } from './held.tsx';

const WORDS = dictionary(
  { title: (name: string) => `You: ${name}`, scopes: 'This token allows at most' },
  { title: (name: string) => `Vous : ${name}`, scopes: 'Ce jeton permet au plus' },
);

const OwnAccess = graphql(
  `
    query OwnAccess {
      viewer {
        name
        tokenScopes
        grants { ...HeldGrantFields }
        tokens { ...AccessTokenFields }
      }
    }
  `,
  [HeldGrantFields, AccessTokenFields],
);

export function Myself() {
  const words = useWords(WORDS);
  return (
    <Asked query={OwnAccess} variables={{}}>
      {({ viewer }) => (
        <section>
          <h2>{words.title(viewer.name)}</h2>
          <p>
            {words.scopes} <code>{viewer.tokenScopes.join(' ')}</code>
          </p>
          <Grants of={viewer.name} grants={viewer.grants} />
          <Tokens of={viewer.name} tokens={viewer.tokens} />
        </section>
      )}
    </Asked>
  );
}
