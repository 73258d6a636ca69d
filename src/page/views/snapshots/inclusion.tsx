import { useClient } from '@urql/preact';
import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useFormat, useWords } from '../../language.tsx';
import { type Proof, rootOfPath, sha256Of } from './merkle-path.ts';
import type { SnapshotData } from './snapshot-query.ts';
import type { Header } from './snapshot-words.ts';

const WORDS = dictionary(
  {
    title: 'Is an image in it?',
    lead: 'The server answers with the line of the manifest and the hashes beside its way to the root; this page computes the root from them.',
    image: 'Id of the image in the manifest (32 hexadecimal digits)',
    prove: 'Prove it',
    working: 'Proving…',
    proved: (place: string, size: string, hashes: string) =>
      `Proved: it is line ${place} of ${size}, by ${hashes} hashes, up to the digest of this snapshot.`,
    gone: 'What stands at its place is the tombstone of an image that was withdrawn.',
    broken: 'Not proved: what the server said does not lead to this digest.',
    insecure:
      'This page was not fetched over a secure connection, so the browser lends it no SHA-256; the line is',
    none: 'No proof:',
    line: 'The line',
  },
  {
    title: 'Une image y est-elle ?',
    lead: 'Le serveur répond par la ligne du manifeste et les empreintes qui bordent son chemin vers la racine ; cette page en calcule la racine.',
    image: 'Identifiant de l’image dans le manifeste (32 chiffres hexadécimaux)',
    prove: 'Le prouver',
    working: 'Preuve en cours…',
    proved: (place: string, size: string, hashes: string) =>
      `Prouvé : c’est la ligne ${place} sur ${size}, par ${hashes} empreintes, jusqu’à l’empreinte de cet instantané.`,
    gone: 'À sa place se trouve la pierre tombale d’une image retirée.',
    broken: 'Non prouvé : ce qu’a dit le serveur ne mène pas à cette empreinte.',
    insecure:
      'Cette page n’est pas venue par une connexion sûre, et le navigateur ne lui prête pas SHA-256 ; la ligne est',
    none: 'Pas de preuve :',
    line: 'La ligne',
  },
);

const InclusionOf = graphql(`
  query InclusionOf($digest: String!, $image: ID!) {
    snapshot(digest: $digest) { id header inclusionProof(image: $image) { index size line path } }
  }
`);

type Found =
  | { state: 'working' }
  | { state: 'refused'; why: string }
  | { state: 'proved' | 'broken' | 'insecure'; proof: Proof };

export function Inclusion({ snapshot: { digest }, header }: { snapshot: SnapshotData; header: Header }) {
  const words = useWords(WORDS);
  const client = useClient();
  const [found, setFound] = useState<Found | null>(null);
  const prove = async (image: string) => {
    setFound({ state: 'working' });
    const { data, error } = await client.query(InclusionOf, { digest, image }).toPromise();
    if (!data) return setFound({ state: 'refused', why: error?.graphQLErrors[0]?.message ?? error!.message });
    const { header: text, inclusionProof: proof } = data.snapshot;
    if (!globalThis.crypto?.subtle) return setFound({ state: 'insecure', proof });
    const isOfDigest = `sha256:${await sha256Of(text)}` === digest && proof.size === header.size;
    const root = await rootOfPath(proof);
    setFound({ state: isOfDigest && root === header.root ? 'proved' : 'broken', proof });
  };
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <form
        class="toolbar fit"
        onSubmit={(event) => {
          event.preventDefault();
          prove((new FormData(event.currentTarget).get('image') as string).trim());
        }}
      >
        <label>
          <span>{words.image}</span>
          <input name="image" required autocomplete="off" pattern="[0-9a-f]{32}" size={34} />
        </label>
        <button type="submit">{words.prove}</button>
      </form>
      <div role="status">{found && <Outcome found={found} />}</div>
    </>
  );
}

function Outcome({ found }: { found: Found }) {
  const words = useWords(WORDS);
  const format = useFormat();
  if (found.state === 'working') return <p>{words.working}</p>;
  if (found.state === 'refused')
    return (
      <p>
        ✖ {words.none} <span lang="en">{found.why}</span>
      </p>
    );
  const { index, size, line, path } = found.proof;
  return (
    <>
      {found.state === 'proved' && (
        <p>
          ✔ {words.proved(format.whole(index + 1), format.whole(size), format.whole(path.length))}{' '}
          {line.includes('"withdrawn"') && words.gone}
        </p>
      )}
      {found.state === 'broken' && <p>✖ {words.broken}</p>}
      {found.state === 'insecure' && <p>{words.insecure}</p>}
      <details>
        <summary>{words.line}</summary>
        <p>
          <code>{line}</code>
        </p>
      </details>
    </>
  );
}
