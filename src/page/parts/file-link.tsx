import { useState } from 'preact/hooks';
import { dictionary, useWords } from '../language.tsx';
import { fetchOwn, useSession } from '../session.tsx';
import { saveFile } from './save-file.ts';

const WORDS = dictionary(
  {
    refused: (status: string) => `not handed out (${status})`,
    lost: 'the connection was lost; try again',
  },
  {
    refused: (status: string) => `non remis (${status})`,
    lost: 'la connexion a été perdue ; réessayez',
  },
);

/** A file behind the policy: a link cannot say who asks, so its bytes are fetched with the token and saved. */
export function FileLink({ address, name, label }: { address: string; name: string; label: string }) {
  const words = useWords(WORDS);
  const { token } = useSession();
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    setFault(null);
    const response = await fetchOwn(pathOf(address), token).catch(() => null);
    if (!response) return setFault(words.lost);
    if (!response.ok) return setFault(words.refused(`${response.status} ${response.statusText}`));
    saveFile(name, await response.blob());
  };
  return (
    <>
      <a
        href={pathOf(address)}
        download={name}
        onClick={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {label}
      </a>
      {fault && (
        <small class="fault" role="alert">
          {' '}
          {fault}
        </small>
      )}
    </>
  );
}

/** An address may be absolute, by the name that the server knows itself by; the page asks the server that it came from. */
export function pathOf(address: string): string {
  const { pathname, search } = new URL(address, location.origin);
  return pathname + search;
}
